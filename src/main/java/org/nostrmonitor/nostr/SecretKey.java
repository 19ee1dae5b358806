package org.nostrmonitor.nostr;

import java.security.SecureRandom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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
     * Reads 64 hex digits, {@code nsec1…} (NIP-19) or {@code ncryptsec1…} (NIP-49), which blocks for as long as scrypt takes.
     *
     * @param password of an ncryptsec; null if there is none
     * @throws ProtocolException if it is none of them, out of range, or the password is missing or another one; the message holds
     *     nothing of the text
     */
    public static SecretKey parse(CharSequence text, @Nullable Password password) throws ProtocolException {
        if (!Ncryptsec.isOne(text)) {
            return parse(text);
        }
        if (password == null) {
            throw new ProtocolException("it is an ncryptsec, and no password is given");
        }
        return Ncryptsec.decrypt(text, password);
    }

    /**
     * Reads 64 hex digits or {@code nsec1…} (NIP-19).
     *
     * @throws ProtocolException if it is neither, or out of range; the message holds nothing of the text
     */
    public static SecretKey parse(CharSequence text) throws ProtocolException {
        return of(isHex(text) ? Hex.bytes(text) : Bech32.decode(HRP, text, 32));
    }

    /**
     * The bytes become the key's own.
     *
     * @throws ProtocolException if the number is out of range; the bytes are zeros then
     */
    static SecretKey of(byte[] bytes) throws ProtocolException {
        if (!Signatures.schnorr().isSecretKey(bytes)) {
            Arrays.fill(bytes, (byte) 0);
            throw new ProtocolException("not a secret key: its number is out of range");
        }
        return new SecretKey(bytes);
    }

    /** For whoever wipes it at once. */
    byte[] copy() {
        return bytes.clone();
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
