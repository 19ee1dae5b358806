package org.nostrmonitor.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Network;

/**
 * What a relay is like, in the bits of one number, so that several conditions of a list are one comparison. In each field 0 is
 * what is not known.
 */
enum Packed {
    WHERE(0, 2),
    STATE(2, 2),
    NETWORK(4, 3),
    WRITABLE(7, 2),
    AUTH(9, 2),
    PAYMENT(11, 2),
    POW(13, 2),
    RESTRICTED(15, 2),
    COUNTRY(17, 10),
    UPTIME(27, 15);

    /** In {@link #nips}: claims one above 62. */
    private static final int OTHERS = 63;

    private final int shift;
    private final long most;

    Packed(int shift, int bits) {
        this.shift = shift;
        this.most = (1L << bits) - 1;
    }

    /** The bits of this field. */
    long mask() {
        return most << shift;
    }

    /** A value in its place. */
    long in(long value) {
        return (value & most) << shift;
    }

    long from(long traits) {
        return traits >>> shift & most;
    }

    static long traits(Listed relay) {
        return WHERE.in(relay.where())
                | STATE.in(relay.state().code())
                | NETWORK.in(of(relay.network()))
                | WRITABLE.in(of(relay.writable()))
                | AUTH.in(of(relay.auth()))
                | PAYMENT.in(of(relay.payment()))
                | POW.in(of(relay.pow()))
                | RESTRICTED.in(of(relay.restricted()))
                | COUNTRY.in(of(relay.country()))
                | UPTIME.in(relay.upWeek() + 1);
    }

    static long of(@Nullable Network network) {
        return network == null ? 0 : network.code() + 1;
    }

    static long of(@Nullable Boolean value) {
        return value == null ? 0 : value ? 2 : 1;
    }

    /** 0 if it is not two letters. */
    static long of(@Nullable String country) {
        if (country == null || country.length() != 2 || !isLetter(country.charAt(0)) || !isLetter(country.charAt(1))) {
            return 0;
        }
        return (country.charAt(0) - 'A') * 26L + country.charAt(1) - 'A' + 1;
    }

    private static boolean isLetter(char c) {
        return c >= 'A' && c <= 'Z';
    }

    /** A bit for each NIP up to 62, one for all others: whoever wants one of these has to look further. */
    static long nips(List<Integer> nips) {
        long bits = 0;
        for (int nip : nips) {
            bits |= 1L << (isLow(nip) ? nip : OTHERS);
        }
        return bits;
    }

    static boolean isLow(int nip) {
        return nip >= 0 && nip < OTHERS;
    }
}
