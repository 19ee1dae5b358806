package org.nostrmonitor.probe;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The IANA special-purpose registries for IPv4 and IPv6 (RFC 6890 and its updates), with the multicast and reserved
 * space: what is no public host. The JDK's own questions miss CGNAT, ULA, NAT64, 6to4 and more.
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
            entry("192.88.99.0/24", "6to4 relay anycast"),
            entry("192.168.0.0/16", "private"),
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
            entry("64:ff9b:1::/48", "local-use NAT64"),
            entry("100::/64", "discard-only"),
            entry("2001::/32", "Teredo"),
            entry("2001:2::/48", "benchmarking"),
            entry("2001:10::/28", "ORCHID"),
            entry("2001:20::/28", "ORCHIDv2"),
            entry("2001::/23", "IETF protocol assignments"),
            entry("2001:db8::/32", "documentation"),
            entry("3fff::/20", "documentation"),
            entry("fc00::/7", "unique local"),
            entry("fe80::/10", "link-local"),
            entry("fec0::/10", "site-local"),
            entry("ff00::/8", "multicast"));

    private static final AddressBlock NAT64 = AddressBlock.parse("64:ff9b::/96");
    private static final AddressBlock SIX_TO_FOUR = AddressBlock.parse("2002::/16");
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
            return embedded("NAT64 of ", Arrays.copyOfRange(address, 12, 16));
        }
        if (SIX_TO_FOUR.contains(address)) {
            return embedded("6to4 of ", Arrays.copyOfRange(address, 2, 6));
        }
        String name = listed(IPV6, address);
        if (name != null) {
            return name;
        }
        return GLOBAL_UNICAST.contains(address) ? null : "outside global unicast";
    }

    /** A translator or a 6to4 router delivers to the IPv4 address inside (RFC 6052 §5.1, RFC 3964), so that one is judged. */
    private static @Nullable String embedded(String how, byte[] ipv4) {
        String name = listed(IPV4, ipv4);
        return name == null ? null : how + name;
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
