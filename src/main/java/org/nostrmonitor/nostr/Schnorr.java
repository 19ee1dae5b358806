package org.nostrmonitor.nostr;

/** BIP-340 signatures on secp256k1. Safe for use by many threads; nothing is kept between calls. */
interface Schnorr {
    /** What does the work, in words for a log line. */
    String name();

    /** Whether these 32 bytes are a secret key: from 1 to the order of the curve less one. */
    boolean isSecretKey(byte[] secret);

    /**
     * The x-only public key, 32 bytes.
     *
     * @throws IllegalArgumentException if it is not a secret key
     */
    byte[] publicKey(byte[] secret);

    /**
     * The signature, 64 bytes.
     *
     * @param message 32 bytes
     * @param randomness 32 bytes, fresh; protects the secret against faults and side channels (BIP-340)
     * @throws IllegalArgumentException if it is not a secret key, or the message is of another length than this
     *     implementation can sign
     */
    byte[] sign(byte[] message, byte[] secret, byte[] randomness);

    /**
     * Whether the signature is good; false too for what is no signature or no public key at all.
     *
     * @param message 32 bytes
     * @throws IllegalArgumentException if the message is of another length than this implementation can verify
     */
    boolean verify(byte[] signature, byte[] message, byte[] publicKey);
}
