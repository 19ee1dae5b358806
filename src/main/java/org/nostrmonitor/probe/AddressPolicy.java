package org.nostrmonitor.probe;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses a probe may dial. Relay names come from strangers, so only public addresses are dialled, and of the
 * others exactly those blocks that the operator has opened; never the sockets of this monitor. Looks no name up.
 */
public final class AddressPolicy {
    /** Public addresses only. */
    public static final AddressPolicy PUBLIC_ONLY = new AddressPolicy(List.of(), OwnSockets.NONE);

    private static final AddressBlock IPV4_MAPPED = AddressBlock.parse("::ffff:0:0/96");

    private final List<AddressBlock> opened;
    private final OwnSockets own;

    private AddressPolicy(List<AddressBlock> opened, OwnSockets own) {
        this.opened = List.copyOf(opened);
        this.own = own;
    }

    /**
     * Public addresses, and those in the blocks named.
     *
     * @param blocks CIDR notation, {@code 127.0.0.0/8} or {@code fd00::/8}; a bare address is a block of one
     * @throws IllegalArgumentException if one is not a block of IP addresses, or an IPv4 one written in IPv6
     */
    public static AddressPolicy allowing(List<String> blocks) {
        return new AddressPolicy(blocks.stream().map(AddressPolicy::block).toList(), OwnSockets.NONE);
    }

    /** What is judged is unmapped, so a mapped block would open nothing of what it names. */
    private static AddressBlock block(String cidr) {
        AddressBlock block = AddressBlock.parse(cidr);
        if (block.startsIn(IPV4_MAPPED)) {
            throw new IllegalArgumentException("an IPv4 block is written as such, 10.0.0.0/8: " + cidr);
        }
        return block;
    }

    /** The same without the sockets that this monitor listens on; an unspecified address stands for all of this machine. */
    public AddressPolicy refusing(Collection<InetSocketAddress> listening) {
        return new AddressPolicy(opened, OwnSockets.of(listening));
    }

    /** Whether the address may be dialled, at ports that are not our own. */
    public boolean permits(InetAddress address) {
        return objection(address) == null;
    }

    /** Whether the address may be dialled at this port. */
    public boolean permits(InetAddress address, int port) {
        return objection(address, port) == null;
    }

    /** Why the address may not be dialled at this port, or null if it may. */
    @Nullable
    String objection(InetAddress address, int port) {
        return own.include(address, port) ? "our own port " + port : objection(address);
    }

    /** The name of the special-purpose block that keeps the address from being dialled, or null if nothing does. */
    public @Nullable String objection(InetAddress address) {
        byte[] bytes = unmapped(address.getAddress());
        if (opened.stream().anyMatch(block -> block.contains(bytes))) {
            return null;
        }
        return SpecialPurpose.of(bytes);
    }

    /** RFC 4291 §2.5.5.2: {@code ::ffff:127.0.0.1} is 127.0.0.1 to the kernel. */
    private static byte[] unmapped(byte[] address) {
        return address.length == 16 && IPV4_MAPPED.contains(address) ? Arrays.copyOfRange(address, 12, 16) : address;
    }
}
