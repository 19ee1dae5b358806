package org.nostrmonitor.nostr;

import java.util.HexFormat;

/** Lower-case hex, the only form that NIP-01 knows. */
final class Hex {
    private static final HexFormat FORMAT = HexFormat.of();

    private Hex() {}

    static boolean is(CharSequence text, int digits) {
        return text.length() == digits && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    static String of(byte[] bytes) {
        return FORMAT.formatHex(bytes);
    }

    /** Upper case is understood too. */
    static byte[] bytes(CharSequence hex) {
        return FORMAT.parseHex(hex);
    }
}
