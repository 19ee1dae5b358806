package org.nostrmonitor.relay;

import java.net.IDN;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** The host of a relay URL in canonical form: a lower-case ASCII name, or an IP literal. Looks nothing up. */
final class HostName {
    private static final Pattern IPV4 = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");
    private static final Pattern NUMERIC = Pattern.compile("\\d+|0x[0-9a-f]*");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-f:.]{2,45}");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?");
    /** The deviations of UTS 46 §4: IDNA 2003 writes ss and σ for the first two and drops the joiners, IDNA 2008 keeps all four. */
    private static final String READ_IN_TWO_WAYS = "ßς\u200c\u200d";

    private static final int MAX_LENGTH = 253;
    private static final int MAX_LABEL = 63;

    private HostName() {}

    static String canonical(String host) throws InvalidRelayUrl {
        if (host.isEmpty()) {
            throw new InvalidRelayUrl("no host");
        }
        if (isPlain(host)) {
            return host;
        }
        if (host.startsWith("[")) {
            return ipv6(host);
        }
        String name = withoutTrailingDot(ascii(host));
        String last = name.substring(name.lastIndexOf('.') + 1);
        return NUMERIC.matcher(last).matches() ? ipv4(name) : name(name);
    }

    /**
     * Whether it is canonical as it stands, as nearly all are: a lower-case ASCII name without punycode whose last label begins
     * with a letter. IDNA and patterns would cost more than everything else about reading a job.
     */
    private static boolean isPlain(String host) {
        int start = 0;
        for (int i = 0; i <= host.length(); i++) {
            if (i == host.length() || host.charAt(i) == '.') {
                if (!isPlainLabel(host, start, i)) {
                    return false;
                }
                start = i + 1;
            }
        }
        char first = host.charAt(host.lastIndexOf('.') + 1);
        return host.length() <= MAX_LENGTH && first >= 'a' && first <= 'z';
    }

    private static boolean isPlainLabel(String host, int start, int end) {
        int length = end - start;
        if (length < 1 || length > MAX_LABEL || host.charAt(start) == '-' || host.charAt(end - 1) == '-') {
            return false;
        }
        for (int i = start; i < end; i++) {
            char c = host.charAt(i);
            if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_')) {
                return false;
            }
        }
        return !host.startsWith("xn--", start);
    }

    /**
     * IDNA first, so that full-width and circled digits are seen as what they become. {@link IDN} is IDNA 2003 (RFC 3490) and knows
     * the letters of Unicode 3.2; those that came later are mapped here as UTS 46 does it.
     */
    private static String ascii(String host) throws InvalidRelayUrl {
        String mapped = mapped(host);
        if (mapped.codePoints().anyMatch(c -> READ_IN_TWO_WAYS.indexOf(c) >= 0)) {
            throw new InvalidRelayUrl("the host has a letter that means different names to different programs");
        }
        try {
            return IDN.toASCII(mapped, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw new InvalidRelayUrl("the host is not a domain name");
        }
    }

    /** Letter by letter: {@link String#toLowerCase} would make a final sigma of the last one. */
    private static String mapped(String host) {
        StringBuilder lower = new StringBuilder();
        Normalizer.normalize(host, Normalizer.Form.NFKC)
                .codePoints()
                .map(Character::toLowerCase)
                .forEach(lower::appendCodePoint);
        return Normalizer.normalize(lower, Normalizer.Form.NFKC);
    }

    private static String withoutTrailingDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    /** {@code 127.1}, octal and hexadecimal forms mean different things to different programs: not taken. */
    private static String ipv4(String name) throws InvalidRelayUrl {
        if (!IPV4.matcher(name).matches()) {
            throw new InvalidRelayUrl("the host ends in a number but is not a dotted IPv4 address");
        }
        for (String part : name.split("\\.", -1)) {
            if (Integer.parseInt(part) > 255) {
                throw new InvalidRelayUrl("an IPv4 address with a part above 255");
            }
        }
        return name;
    }

    private static String name(String name) throws InvalidRelayUrl {
        if (name.length() > MAX_LENGTH) {
            throw new InvalidRelayUrl("the host is longer than " + MAX_LENGTH + " characters");
        }
        for (String label : name.split("\\.", -1)) {
            if (!LABEL.matcher(label).matches()) {
                throw new InvalidRelayUrl("the host is not a domain name");
            }
        }
        return name;
    }

    private static String ipv6(String host) throws InvalidRelayUrl {
        String literal =
                host.endsWith("]") ? host.substring(1, host.length() - 1).toLowerCase(Locale.ROOT) : "";
        if (literal.indexOf(':') < 0 || !IPV6.matcher(literal).matches()) {
            throw new InvalidRelayUrl("the host in brackets is not an IPv6 address");
        }
        try {
            InetAddress address = InetAddress.getByName(literal);
            return address instanceof Inet4Address ? address.getHostAddress() : compressed((Inet6Address) address);
        } catch (UnknownHostException e) {
            throw new InvalidRelayUrl("the host in brackets is not an IPv6 address");
        }
    }

    /** RFC 5952: no leading zeros, the first longest run of two or more zero groups as {@code ::}. */
    private static String compressed(Inet6Address address) {
        byte[] bytes = address.getAddress();
        int[] groups = new int[8];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = ((bytes[2 * i] & 0xff) << 8) | (bytes[2 * i + 1] & 0xff);
        }
        int start = -1;
        int length = 1;
        for (int i = 0; i < groups.length; i++) {
            int run = 0;
            while (i + run < groups.length && groups[i + run] == 0) {
                run++;
            }
            if (run > length) {
                start = i;
                length = run;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < groups.length; i++) {
            if (i == start) {
                text.append("::");
                i += length - 1;
            } else {
                boolean joined = text.isEmpty() || text.charAt(text.length() - 1) == ':';
                text.append(joined ? "" : ":").append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }
}
