package org.nostrmonitor.http.view;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.CertificateExpiry;
import org.nostrmonitor.relay.TlsSession;
import org.nostrmonitor.relay.TlsSession.Certificate;

/**
 * A relay's certificate.
 *
 * @param warning that it expires soon, or has; null while there is time
 * @param session protocol and cipher, or null if the handshake did not end well
 * @param sent how many certificates came with it
 */
public record CertificateLines(
        @Nullable String warning,
        When from,
        When until,
        Said names,
        Said subject,
        Said issuer,
        String sha256,
        @Nullable String session,
        String sent) {

    static CertificateLines of(TlsSession tls, Instant now) {
        Certificate leaf = tls.leaf();
        return new CertificateLines(
                CertificateExpiry.warning(tls, now).orElse(null),
                When.of(leaf.notBefore(), now),
                When.of(leaf.notAfter(), now),
                Said.of(String.join(", ", leaf.names())),
                Said.of(leaf.subject()),
                Said.of(leaf.issuer()),
                leaf.sha256(),
                tls.protocol() == null || tls.cipher() == null ? null : tls.protocol() + ", " + tls.cipher(),
                Numbers.plural(tls.chain().size(), "certificate", "certificates"));
    }
}
