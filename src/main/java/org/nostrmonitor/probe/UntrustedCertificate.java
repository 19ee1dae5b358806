package org.nostrmonitor.probe;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Reason;

/** A certificate that is not believed, with the reason why; both TLS engines hand it on as a cause. */
final class UntrustedCertificate extends CertificateException {
    private static final long serialVersionUID = 1;

    private final Reason reason;
    private final transient List<X509Certificate> chain;

    UntrustedCertificate(Reason reason, String message, X509Certificate... chain) {
        super(message);
        this.reason = reason;
        this.chain = List.of(chain);
    }

    /** The one that made a handshake fail, or null if something else did. */
    static @Nullable UntrustedCertificate in(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UntrustedCertificate untrusted) {
                return untrusted;
            }
        }
        return null;
    }

    Reason reason() {
        return reason;
    }

    /** As sent, the relay's own certificate first. */
    List<X509Certificate> chain() {
        return chain;
    }
}
