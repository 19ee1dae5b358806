package org.nostrmonitor.probe;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** An authority of the tests, and the certificates that it issues. */
final class Certificates {
    private static final X509Bundle AUTHORITY =
            make("CN=Test Authority", null, each -> each.setIsCertificateAuthority(true));
    private static final X509Bundle STRANGER =
            make("CN=Unknown Authority", null, each -> each.setIsCertificateAuthority(true));

    private Certificates() {}

    static X509Certificate authority() {
        return AUTHORITY.getCertificate();
    }

    static KeyCertOptions named(String... names) {
        return pem(make("CN=relay", AUTHORITY, each -> withNames(each, names)));
    }

    static KeyCertOptions forAddress(String address) {
        return pem(make("CN=relay", AUTHORITY, each -> each.addSanIpAddress(address)));
    }

    static KeyCertOptions expired(String name) {
        Instant now = Instant.now();
        return pem(make(
                "CN=relay",
                AUTHORITY,
                each -> withNames(each, name)
                        .notBefore(now.minus(Duration.ofDays(30)))
                        .notAfter(now.minus(Duration.ofDays(1)))));
    }

    static KeyCertOptions notYetValid(String name) {
        Instant now = Instant.now();
        return pem(make(
                "CN=relay",
                AUTHORITY,
                each -> withNames(each, name)
                        .notBefore(now.plus(Duration.ofDays(1)))
                        .notAfter(now.plus(Duration.ofDays(30)))));
    }

    static KeyCertOptions selfSigned(String name) {
        return pem(make("CN=relay", null, each -> withNames(each, name).setIsCertificateAuthority(true)));
    }

    static KeyCertOptions ofAStranger(String name) {
        return pem(make("CN=relay", STRANGER, each -> withNames(each, name)));
    }

    private static CertificateBuilder withNames(CertificateBuilder builder, String... names) {
        for (String name : names) {
            builder.addSanDnsName(name);
        }
        return builder;
    }

    private static X509Bundle make(
            String subject,
            @org.jspecify.annotations.Nullable X509Bundle issuer,
            UnaryOperator<CertificateBuilder> details) {
        try {
            CertificateBuilder builder =
                    details.apply(new CertificateBuilder().ecp256().subject(subject));
            return issuer == null ? builder.buildSelfSigned() : builder.buildIssuedBy(issuer);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static KeyCertOptions pem(X509Bundle bundle) {
        return new PemKeyCertOptions()
                .addCertValue(Buffer.buffer(bundle.getCertificatePathPEM()))
                .addKeyValue(Buffer.buffer(bundle.getPrivateKeyPEM()));
    }
}
