package org.nostrmonitor.probe;

import io.netty.util.NetUtil;
import java.math.BigInteger;
import java.util.Arrays;

/** A block of IP addresses of one family, in CIDR notation (RFC 4632, RFC 4291 §2.3). */
final class AddressBlock {
    private final byte[] network;
    private final int prefix;

    private AddressBlock(byte[] network, int prefix) {
        this.network = network;
        this.prefix = prefix;
    }

    /**
     * Reads {@code 10.0.0.0/8}, {@code fc00::/7}, or a single address. Looks nothing up.
     *
     * @throws IllegalArgumentException if it is neither, or if there are bits of the address beyond the prefix: who wrote
     *     {@code 10.1.2.3/8} did not mean all of that
     */
    static AddressBlock parse(String cidr) {
        int slash = cidr.indexOf('/');
        byte[] network = NetUtil.createByteArrayFromIpAddressString(slash < 0 ? cidr : cidr.substring(0, slash));
        if (network == null) {
            throw new IllegalArgumentException("not a block of IP addresses: " + cidr);
        }
        int bits = network.length * Byte.SIZE;
        AddressBlock block = new AddressBlock(network, slash < 0 ? bits : prefix(cidr, slash, bits));
        if (block.hasBitsBeyondPrefix()) {
            throw new IllegalArgumentException("bits beyond the prefix: " + cidr);
        }
        return block;
    }

    private boolean hasBitsBeyondPrefix() {
        BigInteger beyond =
                BigInteger.ONE.shiftLeft(network.length * Byte.SIZE - prefix).subtract(BigInteger.ONE);
        return new BigInteger(1, network).and(beyond).signum() != 0;
    }

    /** Whether its first address is in the other block. */
    boolean startsIn(AddressBlock other) {
        return other.contains(network);
    }

    private static int prefix(String cidr, int slash, int bits) {
        String digits = cidr.substring(slash + 1);
        boolean number =
                !digits.isEmpty() && digits.length() <= 3 && digits.chars().allMatch(Character::isDigit);
        if (!number || Integer.parseInt(digits) > bits) {
            throw new IllegalArgumentException("not a block of IP addresses: " + cidr);
        }
        return Integer.parseInt(digits);
    }

    boolean contains(byte[] address) {
        if (address.length != network.length) {
            return false;
        }
        int whole = prefix / Byte.SIZE;
        if (!Arrays.equals(address, 0, whole, network, 0, whole)) {
            return false;
        }
        int rest = prefix % Byte.SIZE;
        return rest == 0 || ((address[whole] ^ network[whole]) & 0xff) >> (Byte.SIZE - rest) == 0;
    }
}
