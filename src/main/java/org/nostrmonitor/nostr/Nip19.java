package org.nostrmonitor.nostr;

/** Public keys as people write them: {@code npub1…} (NIP-19). Secret keys are read by {@link SecretKey}. */
public final class Nip19 {
    private static final String PUBLIC_KEY = "npub";

    private Nip19() {}

    /**
     * @param publicKey 64 lower-case hex digits
     * @throws IllegalArgumentException if it is not that
     */
    public static String npub(String publicKey) {
        if (!Hex.is(publicKey, 64)) {
            throw new IllegalArgumentException("a public key is 64 lower-case hex digits");
        }
        return Bech32.encode(PUBLIC_KEY, Hex.bytes(publicKey));
    }

    /**
     * The public key of an {@code npub1…}, 64 hex digits.
     *
     * @throws ProtocolException if it is not one
     */
    public static String publicKey(String npub) throws ProtocolException {
        return Hex.of(Bech32.decode(PUBLIC_KEY, npub, 32));
    }
}
