package org.nostrmonitor.nostr;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256, plain and tagged. */
final class Sha256 {
    private Sha256() {}

    static byte[] of(byte[]... parts) {
        MessageDigest digest = digest();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    /** BIP-340: the hash of the tag's hash twice and the message. */
    static byte[] tagged(String tag, byte[]... parts) {
        byte[] prefix = of(tag.getBytes(StandardCharsets.US_ASCII));
        MessageDigest digest = digest();
        digest.update(prefix);
        digest.update(prefix);
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    /** One to which parts are added. */
    static MessageDigest begin() {
        return digest();
    }

    /** Goes on from where another one is. */
    static MessageDigest copy(MessageDigest begun) {
        try {
            return (MessageDigest) begun.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("every Java platform's SHA-256 can be cloned", e);
        }
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
