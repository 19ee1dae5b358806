package org.nostrmonitor.probe;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses a probe may dial. Relay names come from strangers, so only public addresses are dialled, and of the
 * others exactly those blocks that the operator has opened. Pure: looks nothing up.
 */
public final class AddressPolicy {
    /** Public addresses only. */
    public static final AddressPolicy PUBLIC_ONLY = new AddressPolicy(List.of());

    private static final AddressBlock IPV4_MAPPED = AddressBlock.parse("::ffff:0:0/96");

    private final List<AddressBlock> opened;

    private AddressPolicy(List<AddressBlock> opened) {
        this.opened = List.copyOf(opened);
    }

    /**
     * Public addresses, and those in the blocks named.
     *
     * @param blocks CIDR notation, {@code 127.0.0.0/8} or {@code fd00::/8}; a bare address is a block of one
     * @throws IllegalArgumentException if one is not a block of IP addresses
     */
    public static AddressPolicy allowing(List<String> blocks) {
        return new AddressPolicy(blocks.stream().map(AddressBlock::parse).toList());
    }

    /** Whether the address may be dialled. */
    public boolean permits(InetAddress address) {
        return objection(address) == null;
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
