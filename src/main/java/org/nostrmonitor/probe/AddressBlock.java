package org.nostrmonitor.probe;

import io.netty.util.NetUtil;
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
     * @throws IllegalArgumentException if it is neither
     */
    static AddressBlock parse(String cidr) {
        int slash = cidr.indexOf('/');
        byte[] network = NetUtil.createByteArrayFromIpAddressString(slash < 0 ? cidr : cidr.substring(0, slash));
        if (network == null) {
            throw new IllegalArgumentException("not a block of IP addresses: " + cidr);
        }
        int bits = network.length * Byte.SIZE;
        return new AddressBlock(network, slash < 0 ? bits : prefix(cidr, slash, bits));
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
