package org.nostrmonitor.relay;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the TLS handshake showed, whether or not it ended well.
 *
 * @param protocol {@code TLSv1.3}; null if the handshake was not finished
 * @param cipher by its standard name; null if the handshake was not finished
 * @param chain as sent, the relay's own certificate first; 1 to {@value #MAX_CHAIN}
 */
public record TlsSession(
        @Nullable String protocol, @Nullable String cipher, List<Certificate> chain) {
    /** Of a longer chain the rest is left out. */
    public static final int MAX_CHAIN = 5;

    public TlsSession {
        chain = List.copyOf(chain);
        if (chain.isEmpty() || chain.size() > MAX_CHAIN) {
            throw new IllegalArgumentException("a chain of " + chain.size() + " certificates");
        }
    }

    /** The relay's own certificate. */
    public Certificate leaf() {
        return chain.get(0);
    }

    /**
     * One certificate (RFC 5280). Texts are bounded.
     *
     * @param subject a distinguished name
     * @param issuer a distinguished name
     * @param names the subject alternative names, DNS and IP; at most {@value #MAX_NAMES}
     * @param sha256 the fingerprint, 64 hex digits
     */
    public record Certificate(
            String subject, String issuer, List<String> names, Instant notBefore, Instant notAfter, String sha256) {
        /** Of more names the rest is left out. */
        public static final int MAX_NAMES = 20;

        public Certificate {
            names = List.copyOf(names);
        }
    }
}
