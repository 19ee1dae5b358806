package org.nostrmonitor.probe;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.TlsSession;
import org.nostrmonitor.relay.TlsSession.Certificate;

/** What is kept of a handshake. A certificate that cannot be read leaves nothing: it never breaks a probe. */
final class TlsFacts {
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private TlsFacts() {}

    /** Of a handshake that ended well. */
    static @Nullable TlsSession of(SSLSession session) {
        try {
            List<X509Certificate> chain = Arrays.stream(session.getPeerCertificates())
                    .filter(X509Certificate.class::isInstance)
                    .map(X509Certificate.class::cast)
                    .toList();
            return of(session.getProtocol(), session.getCipherSuite(), chain);
        } catch (SSLException e) {
            return null;
        }
    }

    /** Of a handshake that failed; null unless it failed because of the certificate. */
    static @Nullable TlsSession of(Throwable failure) {
        UntrustedCertificate untrusted = UntrustedCertificate.in(failure);
        return untrusted == null ? null : of(null, null, untrusted.chain());
    }

    private static @Nullable TlsSession of(
            @Nullable String protocol, @Nullable String cipher, List<X509Certificate> chain) {
        List<Certificate> certificates = new ArrayList<>();
        try {
            for (X509Certificate certificate : chain.subList(0, Math.min(chain.size(), TlsSession.MAX_CHAIN))) {
                certificates.add(certificate(certificate));
            }
            return certificates.isEmpty() ? null : new TlsSession(protocol, cipher, certificates);
        } catch (GeneralSecurityException | RuntimeException e) {
            return null; // Netty's certificates are parsed late: whatever is wrong with their bytes comes out here.
        }
    }

    static Certificate certificate(X509Certificate certificate) throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        return new Certificate(
                Evidence.bounded(certificate.getSubjectX500Principal().toString()),
                Evidence.bounded(certificate.getIssuerX500Principal().toString()),
                names(certificate),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                HexFormat.of().formatHex(digest));
    }

    private static List<String> names(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .filter(TlsFacts::isHost)
                            .map(name -> Evidence.bounded(String.valueOf(name.get(1))))
                            .limit(Certificate.MAX_NAMES)
                            .toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    private static boolean isHost(List<?> name) {
        return name.size() > 1 && (name.get(0).equals(DNS_NAME) || name.get(0).equals(IP_ADDRESS));
    }
}
