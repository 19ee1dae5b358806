package org.nostrmonitor.relay;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The URL of a relay in canonical form (RFC 3986 §6.2), so that the same relay always has the same key.
 *
 * <p>The scheme and host are lower case, an IDN is punycode, the default port, a trailing dot and the fragment are gone,
 * an empty path is {@code /}, path case and query are kept.
 */
public final class RelayUrl implements Comparable<RelayUrl> {
    private static final int MAX_LENGTH = 1024;
    private static final String NESTED = "a URL within a URL";
    private static final String TOO_LONG = "longer than " + MAX_LENGTH + " characters";

    /** Where something else than a web server listens: the "bad ports" of the Fetch standard. */
    private static final Set<Integer> BAD_PORTS = Stream.of(
                    "1 7 9 11 13 15 17 19 20 21 22 23 25 37 42 43 53 69 77 79 87 95 101 102 103 104 109 110 111 113 115",
                    "117 119 123 135 137 139 143 161 179 389 427 465 512 513 514 515 526 530 531 532 540 548 554 556",
                    "563 587 601 636 989 990 993 995 1719 1720 1723 2049 3659 4045 4190 5060 5061 6000 6566 6665 6666",
                    "6667 6668 6669 6679 6697 10080")
            .flatMap(line -> Stream.of(line.split(" ", -1)))
            .map(Integer::valueOf)
            .collect(Collectors.toUnmodifiableSet());

    private final boolean secure;
    private final String host;
    private final int port;
    private final String target;
    private final String value;

    private RelayUrl(boolean secure, String host, int port, String target) {
        this.secure = secure;
        this.host = host;
        this.port = port;
        this.target = target;
        String authority = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        this.value =
                (secure ? "wss://" : "ws://") + authority + (port == defaultPort(secure) ? "" : ":" + port) + target;
    }

    /**
     * Reads what a person or a stranger wrote.
     *
     * @throws InvalidRelayUrl if it is not the URL of a relay, with the reason in words
     */
    public static RelayUrl parse(String text) throws InvalidRelayUrl {
        String trimmed = text.strip();
        if (trimmed.length() > MAX_LENGTH) {
            throw new InvalidRelayUrl(TOO_LONG);
        }
        rejectStrangeCharacters(trimmed);
        boolean secure = isSecure(trimmed);
        String rest = trimmed.substring(trimmed.indexOf("://") + 3);
        int fragment = rest.indexOf('#');
        String whole = fragment < 0 ? rest : rest.substring(0, fragment);
        int end = endOfAuthority(whole);
        String authority = whole.substring(0, end);
        String tail = whole.substring(end);
        rejectUrlInUrl(authority, tail);
        int colon = portColon(authority);
        String host = HostName.canonical(colon < 0 ? authority : authority.substring(0, colon));
        int port = colon < 0 ? defaultPort(secure) : port(authority.substring(colon + 1), secure);
        return checked(new RelayUrl(secure, host, port, RequestTarget.canonical(tail)));
    }

    private static void rejectStrangeCharacters(String text) throws InvalidRelayUrl {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || Character.isWhitespace(c) || c == '\\') {
                throw new InvalidRelayUrl("a space, control character or backslash inside");
            }
        }
    }

    /** Escapes and dot segments may make a target longer, or into what would be refused: the canonical form is judged too. */
    private static RelayUrl checked(RelayUrl url) throws InvalidRelayUrl {
        if (url.value.length() > MAX_LENGTH) {
            throw new InvalidRelayUrl(TOO_LONG);
        }
        rejectUrlInPath(url.target);
        return url;
    }

    private static boolean isSecure(String text) throws InvalidRelayUrl {
        int colon = text.indexOf("://");
        String scheme = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "wss" -> true;
            case "ws" -> false;
            default -> throw new InvalidRelayUrl("does not begin with wss:// or ws://");
        };
    }

    private static int endOfAuthority(String rest) {
        for (int i = 0; i < rest.length(); i++) {
            if (rest.charAt(i) == '/' || rest.charAt(i) == '?') {
                return i;
            }
        }
        return rest.length();
    }

    private static void rejectUrlInUrl(String authority, String tail) throws InvalidRelayUrl {
        if (authority.indexOf('@') >= 0) {
            throw new InvalidRelayUrl("user info before the host");
        }
        if (authority.indexOf(',') >= 0) {
            throw new InvalidRelayUrl("a list, not one URL");
        }
        if (tail.startsWith("//") && authority.endsWith(":")) {
            throw new InvalidRelayUrl(NESTED);
        }
    }

    private static void rejectUrlInPath(String target) throws InvalidRelayUrl {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        if (path.contains("://") || path.contains(",ws")) {
            throw new InvalidRelayUrl(NESTED);
        }
    }

    /** Where the colon before the port is, or -1; the colons of a bracketed IPv6 address do not count. */
    private static int portColon(String authority) {
        int colon = authority.lastIndexOf(':');
        return colon > authority.lastIndexOf(']') ? colon : -1;
    }

    private static int port(String digits, boolean secure) throws InvalidRelayUrl {
        if (digits.isEmpty()) {
            return defaultPort(secure);
        }
        boolean number = digits.length() <= 5 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        int port = number ? Integer.parseInt(digits) : 0;
        if (port < 1 || port > 65535) {
            throw new InvalidRelayUrl("the port is not a number from 1 to 65535");
        }
        if (BAD_PORTS.contains(port)) {
            throw new InvalidRelayUrl("port " + port + " belongs to another protocol");
        }
        return port;
    }

    private static int defaultPort(boolean secure) {
        return secure ? 443 : 80;
    }

    /**
     * Reads a URL that is known to be good: from our own storage, or a constant.
     *
     * @throws IllegalArgumentException if it is not
     */
    public static RelayUrl of(String known) {
        try {
            return parse(known);
        } catch (InvalidRelayUrl e) {
            throw new IllegalArgumentException(known + ": " + e.why(), e);
        }
    }

    /** Whether it is {@code wss://}. */
    public boolean secure() {
        return secure;
    }

    /** ASCII, lower case, without brackets or trailing dot: a name, or an IPv4 or IPv6 address. */
    public String host() {
        return host;
    }

    /** 1 to 65535. */
    public int port() {
        return port;
    }

    /** Path and query, beginning with {@code /}: the request target of the upgrade. */
    public String target() {
        return target;
    }

    public Network network() {
        return Network.ofHost(host);
    }

    /** The canonical URL: the key of the relay everywhere, and the {@code d} tag of its events. */
    public String value() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RelayUrl url && value.equals(url.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public int compareTo(RelayUrl other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
