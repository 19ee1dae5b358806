package org.nostrmonitor.nostr;

import fr.acinq.secp256k1.Secp256k1;
import fr.acinq.secp256k1.Secp256k1Exception;
import java.util.Arrays;

/** BIP-340 by libsecp256k1: fast, and in constant time. Its Java binding takes messages of 32 bytes only. */
final class NativeSchnorr implements Schnorr {
    private static final int MESSAGE_LENGTH = 32;

    private final Secp256k1 library;

    /** Unpacks and loads the native library, which blocks; throws an exception or a linkage error where there is none. */
    NativeSchnorr() {
        this.library = Secp256k1.get();
    }

    @Override
    public String name() {
        return "libsecp256k1";
    }

    @Override
    public boolean isSecretKey(byte[] secret) {
        return secret.length == 32 && library.secKeyVerify(secret);
    }

    @Override
    public byte[] publicKey(byte[] secret) {
        requireSecretKey(secret);
        return Arrays.copyOfRange(library.pubkeyCreate(secret), 1, 33);
    }

    @Override
    public byte[] sign(byte[] message, byte[] secret, byte[] randomness) {
        requireLength(message);
        requireSecretKey(secret);
        return library.signSchnorr(message, secret, randomness);
    }

    @Override
    public boolean verify(byte[] signature, byte[] message, byte[] publicKey) {
        requireLength(message);
        if (signature.length != 64 || publicKey.length != 32) {
            return false;
        }
        try {
            return library.verifySchnorr(signature, message, publicKey);
        } catch (Secp256k1Exception e) {
            return false; // a public key that is not on the curve
        }
    }

    private void requireSecretKey(byte[] secret) {
        if (!isSecretKey(secret)) {
            throw new IllegalArgumentException("not a secret key");
        }
    }

    private static void requireLength(byte[] message) {
        if (message.length != MESSAGE_LENGTH) {
            throw new IllegalArgumentException("libsecp256k1 takes 32 bytes here, not " + message.length);
        }
    }
}
