package org.nostrmonitor.probe;

import java.security.cert.CertificateException;
import org.nostrmonitor.relay.Reason;

/** A certificate that is not believed, with the reason why; both TLS engines hand it on as a cause. */
final class UntrustedCertificate extends CertificateException {
    private static final long serialVersionUID = 1;

    private final Reason reason;

    UntrustedCertificate(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
