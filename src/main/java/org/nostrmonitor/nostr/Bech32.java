package org.nostrmonitor.nostr;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes as text with a prefix and a checksum: BIP-173 without its limit of 90 characters, as NIP-19 and NIP-49 use it. */
final class Bech32 {
    private static final String ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int[] GENERATOR = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    private static final int CHECKSUM = 6;

    private Bech32() {}

    static String encode(String prefix, byte[] bytes) {
        return new String(ascii(prefix, bytes), StandardCharsets.US_ASCII);
    }

    /** The same for a secret: an array can be wiped, which a string cannot. */
    static byte[] ascii(String prefix, byte[] bytes) {
        byte[] words = words(bytes);
        int data = groups(bytes.length);
        int checksum = polymod(prefix, words) ^ 1;
        for (int i = 0; i < CHECKSUM; i++) {
            words[data + i] = (byte) ((checksum >> (5 * (CHECKSUM - 1 - i))) & 31);
        }
        byte[] text =
                Arrays.copyOf((prefix + '1').getBytes(StandardCharsets.US_ASCII), prefix.length() + 1 + words.length);
        for (int i = 0; i < words.length; i++) {
            text[prefix.length() + 1 + i] = (byte) ALPHABET.charAt(words[i]);
        }
        Arrays.fill(words, (byte) 0);
        return text;
    }

    /**
     * Exactly so many bytes.
     *
     * @throws ProtocolException if it is not that; the message holds nothing of the text, which may be a secret
     */
    static byte[] decode(String prefix, CharSequence text, int length) throws ProtocolException {
        int from = prefix.length() + 1;
        int most = groups(length) + CHECKSUM;
        boolean shape = text.length() == from + most && isOneCase(text) && startsWith(text, prefix + '1');
        if (!shape) {
            throw new ProtocolException("not " + prefix + "1 and " + most + " characters of one case");
        }
        byte[] words = new byte[most];
        try {
            for (int i = 0; i < words.length; i++) {
                words[i] = word(text.charAt(from + i));
            }
            if (polymod(prefix, words) != 1) {
                throw new ProtocolException("the checksum is wrong: a character of it is not what it was");
            }
            return bytes(words, length);
        } finally {
            Arrays.fill(words, (byte) 0);
        }
    }

    /** Of five bits, for so many bytes. */
    private static int groups(int bytes) {
        return (bytes * 8 + 4) / 5;
    }

    private static byte word(char c) throws ProtocolException {
        int word = ALPHABET.indexOf(Character.toLowerCase(c));
        if (word < 0) {
            throw new ProtocolException("a character that bech32 does not have");
        }
        return (byte) word;
    }

    /** BIP-173: all lower case or all upper case; ASCII, so that no other letter becomes one by its lower case. */
    private static boolean isOneCase(CharSequence text) {
        return text.chars().allMatch(c -> c < 128 && !Character.isUpperCase(c))
                || text.chars().allMatch(c -> c < 128 && !Character.isLowerCase(c));
    }

    private static boolean startsWith(CharSequence text, String prefix) {
        for (int i = 0; i < prefix.length(); i++) {
            if (Character.toLowerCase(text.charAt(i)) != prefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int polymod(String prefix, byte[] words) {
        int checksum = 1;
        for (int i = 0; i < prefix.length(); i++) {
            checksum = step(checksum, prefix.charAt(i) >> 5);
        }
        checksum = step(checksum, 0);
        for (int i = 0; i < prefix.length(); i++) {
            checksum = step(checksum, prefix.charAt(i) & 31);
        }
        for (byte word : words) {
            checksum = step(checksum, word);
        }
        return checksum;
    }

    private static int step(int checksum, int word) {
        int top = checksum >>> 25;
        int next = ((checksum & 0x1ffffff) << 5) ^ word;
        for (int i = 0; i < GENERATOR.length; i++) {
            next ^= ((top >> i) & 1) == 0 ? 0 : GENERATOR[i];
        }
        return next;
    }

    /** All bits in groups of five, the last filled up with zeros, and room for the checksum. */
    private static byte[] words(byte[] bytes) {
        byte[] words = new byte[groups(bytes.length) + CHECKSUM];
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            int set = (bytes[bit / 8] >> (7 - bit % 8)) & 1;
            words[bit / 5] = (byte) (words[bit / 5] | (set << (4 - bit % 5)));
        }
        return words;
    }

    private static byte[] bytes(byte[] words, int length) throws ProtocolException {
        byte[] bytes = new byte[length];
        for (int bit = 0; bit < groups(length) * 5; bit++) {
            int set = (words[bit / 5] >> (4 - bit % 5)) & 1;
            if (bit < length * 8) {
                bytes[bit / 8] = (byte) (bytes[bit / 8] | (set << (7 - bit % 8)));
            } else if (set == 1) {
                throw new ProtocolException("bits behind the last byte");
            }
        }
        return bytes;
    }
}
