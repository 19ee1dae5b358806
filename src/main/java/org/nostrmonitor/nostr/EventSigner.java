package org.nostrmonitor.nostr;

/** Holds one secret key and signs with it. The secret is here and nowhere else: it cannot be read or printed. */
public interface EventSigner {
    /** The public key, 64 hex digits. */
    String publicKey();

    /**
     * Signs; takes well below a millisecond with libsecp256k1 and never blocks. The id is by the letter of NIP-01; relays
     * whose JSON library escapes control characters refuse an event that holds some besides {@code \n \r \t \b \f}.
     *
     * @throws IllegalArgumentException if a string holds a NUL or half a surrogate pair
     */
    NostrEvent sign(EventTemplate template);

    /** The signer takes the key over: the caller should forget it. */
    static EventSigner of(SecretKey secret) {
        return new SecretKeySigner(secret);
    }
}
