package org.nostrmonitor.nostr;

import java.security.SecureRandom;

/** Signs with one secret key. */
final class SecretKeySigner implements EventSigner {
    private final SecretKey secret;
    private final String publicKey;
    private final SecureRandom random = new SecureRandom();

    SecretKeySigner(SecretKey secret) {
        this.secret = secret;
        this.publicKey = secret.publicKey();
    }

    @Override
    public String publicKey() {
        return publicKey;
    }

    @Override
    public NostrEvent sign(EventTemplate template) {
        if (!Signatures.isText(template.tags(), template.content())) {
            throw new IllegalArgumentException("a NUL or half a character in an event of kind " + template.kind());
        }
        byte[] id = CanonicalEvent.id(
                publicKey, template.createdAt(), template.kind(), template.tags(), template.content());
        byte[] randomness = new byte[32];
        random.nextBytes(randomness);
        return new NostrEvent(
                Hex.of(id),
                publicKey,
                template.createdAt(),
                template.kind(),
                template.tags(),
                template.content(),
                Hex.of(secret.sign(id, randomness)));
    }

    @Override
    public String toString() {
        return "EventSigner[" + publicKey + "]";
    }
}
