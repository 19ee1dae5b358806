package org.nostrmonitor.probe;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The IANA special-purpose registries for IPv4 and IPv6 (RFC 6890, as of RFC 9780), with the multicast and reserved space: what
 * is no public host. The JDK's own questions miss CGNAT, ULA, NAT64, 6to4 and more.
 *
 * <p>The anycast services in it (AS112, AMT) can be reached from everywhere and are refused all the same: they are no relays, and
 * not ours to trouble. 6to4 and Teredo are refused whole: they deliver to an IPv4 address that a stranger wrote into an IPv6 one,
 * and are given up (RFC 7526, RFC 4380 §7). Only NAT64 is judged by what is inside: an IPv6-only network reaches IPv4 by it.
 */
final class SpecialPurpose {
    private record Entry(AddressBlock block, String name) {}

    private static final List<Entry> IPV4 = List.of(
            entry("0.0.0.0/8", "this network"),
            entry("10.0.0.0/8", "private"),
            entry("100.64.0.0/10", "carrier-grade NAT"),
            entry("127.0.0.0/8", "loopback"),
            entry("169.254.0.0/16", "link-local"),
            entry("172.16.0.0/12", "private"),
            entry("192.0.0.0/24", "IETF protocol assignments"),
            entry("192.0.2.0/24", "documentation"),
            entry("192.31.196.0/24", "AS112"),
            entry("192.52.193.0/24", "multicast tunnelling"),
            entry("192.88.99.0/24", "6to4 relay anycast"),
            entry("192.168.0.0/16", "private"),
            entry("192.175.48.0/24", "AS112"),
            entry("198.18.0.0/15", "benchmarking"),
            entry("198.51.100.0/24", "documentation"),
            entry("203.0.113.0/24", "documentation"),
            entry("224.0.0.0/4", "multicast"),
            entry("255.255.255.255/32", "broadcast"),
            entry("240.0.0.0/4", "reserved"));

    private static final List<Entry> IPV6 = List.of(
            entry("::/128", "unspecified"),
            entry("::1/128", "loopback"),
            entry("::/96", "IPv4-compatible"),
            entry("::ffff:0:0:0/96", "IPv4-translated"),
            entry("64:ff9b:1::/48", "local-use NAT64"),
            entry("100::/64", "discard-only"),
            entry("100:0:0:1::/64", "dummy"),
            entry("2001::/32", "Teredo"),
            entry("2001:2::/48", "benchmarking"),
            entry("2001:3::/32", "multicast tunnelling"),
            entry("2001:4:112::/48", "AS112"),
            entry("2001:10::/28", "ORCHID"),
            entry("2001:20::/28", "ORCHIDv2"),
            entry("2001:30::/28", "drone identifiers"),
            entry("2001::/23", "IETF protocol assignments"),
            entry("2001:db8::/32", "documentation"),
            entry("2002::/16", "6to4"),
            entry("2620:4f:8000::/48", "AS112"),
            entry("3fff::/20", "documentation"),
            entry("5f00::/16", "segment routing"),
            entry("fc00::/7", "unique local"),
            entry("fe80::/10", "link-local"),
            entry("fec0::/10", "site-local"),
            entry("ff00::/8", "multicast"));

    private static final AddressBlock NAT64 = AddressBlock.parse("64:ff9b::/96");
    private static final AddressBlock GLOBAL_UNICAST = AddressBlock.parse("2000::/3");

    private SpecialPurpose() {}

    private static Entry entry(String cidr, String name) {
        return new Entry(AddressBlock.parse(cidr), name);
    }

    /**
     * What the address is for, or null if it is a public one.
     *
     * @param address 4 or 16 bytes; IPv4 in IPv6 already unmapped
     */
    static @Nullable String of(byte[] address) {
        return address.length == 4 ? listed(IPV4, address) : ofIpv6(address);
    }

    private static @Nullable String ofIpv6(byte[] address) {
        if (NAT64.contains(address)) {
            return translated(Arrays.copyOfRange(address, 12, 16));
        }
        String name = listed(IPV6, address);
        if (name != null) {
            return name;
        }
        return GLOBAL_UNICAST.contains(address) ? null : "outside global unicast";
    }

    /** A translator delivers to the IPv4 address inside (RFC 6052 §5.1), so that one is judged. */
    private static @Nullable String translated(byte[] ipv4) {
        String name = listed(IPV4, ipv4);
        return name == null ? null : "NAT64 of " + name;
    }

    private static @Nullable String listed(List<Entry> entries, byte[] address) {
        for (Entry entry : entries) {
            if (entry.block().contains(address)) {
                return entry.name();
            }
        }
        return null;
    }
}
