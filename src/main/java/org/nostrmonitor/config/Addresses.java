package org.nostrmonitor.config;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** IP addresses, address blocks and host-port pairs, judged by their form alone: nothing is looked up. */
final class Addresses {
    private static final Pattern IPV4 = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");
    private static final Pattern IPV6 = Pattern.compile("(?=.*:)[0-9a-fA-F:.]{2,45}");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,5}");
    private static final Pattern NAME =
            Pattern.compile("(?=.{1,253}$)[a-zA-Z0-9_]([a-zA-Z0-9_-]*)(\\.[a-zA-Z0-9_][a-zA-Z0-9_-]*)*");

    private Addresses() {}

    /** {@code 10.0.0.0/8}, {@code fd00::/8}. */
    static String cidr(String text) throws Wrong {
        int slash = text.indexOf('/');
        InetAddress address = literal(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            throw new Wrong(Formats.quoted(text) + " is not an address block such as 10.0.0.0/8");
        }
        if (slash < 0) {
            throw new Wrong(Formats.quoted(text) + " has no prefix length, as in 10.0.0.0/8");
        }
        int bits = address.getAddress().length * 8;
        String prefix = text.substring(slash + 1);
        if (!NUMBER.matcher(prefix).matches() || Integer.parseInt(prefix) > bits) {
            throw new Wrong(Formats.quoted(text) + " has a prefix length that is not 0 to " + bits);
        }
        checkBlock(text, address, Integer.parseInt(prefix));
        return text;
    }

    /** What is longer than its prefix, or IPv4 in disguise, may open more than was meant. */
    private static void checkBlock(String text, InetAddress address, int prefix) throws Wrong {
        byte[] bytes = address.getAddress();
        if (address instanceof Inet4Address && text.indexOf(':') >= 0) {
            throw new Wrong(Formats.quoted(text) + " is a block of IPv4 addresses, and is written as one");
        }
        BigInteger beyond = BigInteger.ONE.shiftLeft(bytes.length * 8 - prefix).subtract(BigInteger.ONE);
        if (new BigInteger(1, bytes).and(beyond).signum() != 0) {
            throw new Wrong(Formats.quoted(text) + " has bits beyond its prefix");
        }
    }

    /** A name or an address; an IPv6 address without brackets. */
    static String host(String text) throws Wrong {
        if (!isHost(text)) {
            throw new Wrong(Formats.quoted(text) + " is neither a host name nor an address");
        }
        return text;
    }

    /** {@code host:port}, {@code [address]:port}. Does not quote: it may be part of a URI. */
    static String hostAndPort(String text) throws Wrong {
        checkPort(text);
        if (!isHost(hostOf(text))) {
            throw new Wrong("has no host name or address before the port");
        }
        return text;
    }

    /** {@code address:port}, not a name. */
    static String addressAndPort(String text) throws Wrong {
        checkPort(text);
        if (literal(hostOf(text)) == null) {
            throw new Wrong("has no IP address before the port (an IPv6 address stands in brackets)");
        }
        return text;
    }

    private static void checkPort(String text) throws Wrong {
        String port = text.substring(text.lastIndexOf(':') + 1);
        boolean valid =
                NUMBER.matcher(port).matches() && Integer.parseInt(port) >= 1 && Integer.parseInt(port) <= 65_535;
        if (text.indexOf(':') < 0 || !valid) {
            throw new Wrong("does not end in a port, :1 to :65535");
        }
    }

    /** Empty if an IPv6 address has no brackets. */
    private static String hostOf(String text) {
        String host = text.substring(0, text.lastIndexOf(':'));
        if (host.startsWith("[") && host.endsWith("]")) {
            return host.substring(1, host.length() - 1);
        }
        return host.indexOf(':') < 0 ? host : "";
    }

    private static boolean isHost(String text) {
        return text.indexOf(':') < 0 ? NAME.matcher(text).matches() : literal(text) != null;
    }

    /** Null if it is no literal. {@link InetAddress#getByName} looks nothing up for what passes the patterns. */
    private static @Nullable InetAddress literal(String text) {
        boolean ipv4 = IPV4.matcher(text).matches();
        if (!ipv4 && !IPV6.matcher(text).matches()) {
            return null;
        }
        try {
            return ipv4 && aboveByte(text) ? null : InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private static boolean aboveByte(String ipv4) {
        for (String part : ipv4.split("\\.", -1)) {
            if (Integer.parseInt(part) > 255) {
                return true;
            }
        }
        return false;
    }
}
