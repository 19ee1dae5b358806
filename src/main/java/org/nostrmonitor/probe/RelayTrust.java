package org.nostrmonitor.probe;

import java.net.Socket;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Reason;

/**
 * Believes what the JDK's PKIX check believes, and says of the rest why not. The engine's peer host is the relay's host, so
 * the check includes the name or IP address (RFC 9525 through the engine's HTTPS algorithm).
 */
final class RelayTrust extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager pkix;
    private final BelievedChains believed;

    RelayTrust(X509ExtendedTrustManager pkix, BelievedChains believed) {
        this.pkix = pkix;
        this.believed = believed;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        String host = engine.getPeerHost();
        if (host != null && believed.knows(host, chain)) {
            return;
        }
        try {
            pkix.checkServerTrusted(chain, authType, engine);
            if (host != null) {
                believed.remember(host, chain);
            }
        } catch (CertificateException e) {
            throw new UntrustedCertificate(reason(chain, authType, e), describe(chain, e), chain);
        }
    }

    private Reason reason(X509Certificate[] chain, String authType, CertificateException refusal) {
        Reason validity = validity(chain[0]);
        if (validity != null) {
            return validity;
        }
        Reason path = path(refusal);
        if (path == Reason.TLS_UNKNOWN_ISSUER) {
            return isSelfSigned(chain[0]) ? Reason.TLS_SELF_SIGNED : Reason.TLS_UNKNOWN_ISSUER;
        }
        if (path != null) {
            return path;
        }
        return trustedWithoutTheName(chain, authType) ? Reason.TLS_WRONG_HOST : Reason.TLS_BAD_CERTIFICATE;
    }

    private static @Nullable Reason validity(X509Certificate leaf) {
        try {
            leaf.checkValidity();
            return null;
        } catch (CertificateExpiredException e) {
            return Reason.TLS_EXPIRED;
        } catch (CertificateNotYetValidException e) {
            return Reason.TLS_NOT_YET_VALID;
        }
    }

    /** What the path validation says, or null if the path is not at fault. */
    private static @Nullable Reason path(Throwable refusal) {
        for (Throwable cause = refusal; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathBuilderException) {
                return Reason.TLS_UNKNOWN_ISSUER;
            }
            if (cause instanceof CertPathValidatorException invalid) {
                return invalid.getReason() == BasicReason.EXPIRED
                        ? Reason.TLS_EXPIRED
                        : invalid.getReason() == BasicReason.NOT_YET_VALID
                                ? Reason.TLS_NOT_YET_VALID
                                : Reason.TLS_BAD_CERTIFICATE;
            }
        }
        return null;
    }

    private static boolean isSelfSigned(X509Certificate leaf) {
        return leaf.getIssuerX500Principal().equals(leaf.getSubjectX500Principal());
    }

    /** Without an engine the JDK checks the path alone: what it believes now, it refused for the name. */
    private boolean trustedWithoutTheName(X509Certificate[] chain, String authType) {
        try {
            pkix.checkServerTrusted(chain, authType);
            return true;
        } catch (CertificateException e) {
            return false;
        }
    }

    private static String describe(X509Certificate[] chain, CertificateException refusal) {
        X509Certificate leaf = chain[0];
        return refusal.getMessage() + "; subject " + leaf.getSubjectX500Principal() + ", valid "
                + leaf.getNotBefore().toInstant() + " to " + leaf.getNotAfter().toInstant() + "; certificates sent: "
                + chain.length;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("no check without an engine: the name would not be verified");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("no check without an engine: the name would not be verified");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("a client only");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("a client only");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("a client only");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return pkix.getAcceptedIssuers();
    }
}
