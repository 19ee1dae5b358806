package org.nostrmonitor.nostr;

import java.security.SecureRandom;
import java.util.Arrays;

/** A secret key that can be made a signer of, or be shown to its owner as {@code nsec1…}. Never printed by accident. */
public final class SecretKey {
    private static final String HRP = "nsec";

    private final byte[] bytes;

    private SecretKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A new one from the system's randomness. */
    public static SecretKey random() {
        SecureRandom random = new SecureRandom();
        byte[] bytes = new byte[32];
        do {
            random.nextBytes(bytes);
        } while (!Signatures.schnorr().isSecretKey(bytes));
        return new SecretKey(bytes);
    }

    /**
     * Reads 64 hex digits or {@code nsec1…} (NIP-19).
     *
     * @throws ProtocolException if it is neither, or out of range; the message holds nothing of the text
     */
    public static SecretKey parse(CharSequence text) throws ProtocolException {
        byte[] bytes = isHex(text) ? Hex.bytes(text) : Bech32.decode(HRP, text);
        if (!Signatures.schnorr().isSecretKey(bytes)) {
            Arrays.fill(bytes, (byte) 0);
            throw new ProtocolException("not a secret key: its number is out of range");
        }
        return new SecretKey(bytes);
    }

    private static boolean isHex(CharSequence text) {
        return text.length() == 64 && text.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128);
    }

    /** For its owner only: whoever reads it can sign in the owner's name. */
    public String nsec() {
        return Bech32.encode(HRP, bytes);
    }

    /** The same in ASCII, for a caller that wipes it. */
    byte[] nsecAscii() {
        return Bech32.ascii(HRP, bytes);
    }

    /** The public key, 64 hex digits. */
    public String publicKey() {
        return Hex.of(Signatures.schnorr().publicKey(bytes));
    }

    byte[] sign(byte[] message, byte[] randomness) {
        return Signatures.schnorr().sign(message, bytes, randomness);
    }

    @Override
    public String toString() {
        return "SecretKey[secret]";
    }
}
