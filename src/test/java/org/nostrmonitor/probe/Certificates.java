package org.nostrmonitor.probe;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

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

    /** What a server shows. */
    static SslContext served(KeyCertOptions options) {
        PemKeyCertOptions pem = (PemKeyCertOptions) options;
        try {
            return SslContextBuilder.forServer(
                            new ByteArrayInputStream(pem.getCertValue().getBytes()),
                            new ByteArrayInputStream(pem.getKeyValue().getBytes()))
                    .sslProvider(SslProvider.JDK)
                    .build();
        } catch (SSLException e) {
            throw new AssertionError(e);
        }
    }

    /** With addresses where a client could ask whether it was revoked, and the demand that the server shows it was not. */
    static KeyCertOptions revocable(String name, String askAt) {
        return pem(make(
                "CN=relay",
                AUTHORITY,
                each -> withNames(each, name)
                        .addCrlDistributionPoint(URI.create(askAt + "/crl"))
                        .addExtensionOctetString("1.3.6.1.5.5.7.1.1", false, authorityAccess(askAt))
                        .addExtensionOctetString("1.3.6.1.5.5.7.1.24", false, new byte[] {0x30, 3, 2, 1, 5})));
    }

    /** RFC 5280 §4.2.2.1: where to ask about the certificate (OCSP), and where its issuer's is. */
    private static byte[] authorityAccess(String askAt) {
        byte[] url = askAt.getBytes(StandardCharsets.US_ASCII);
        Buffer both = Buffer.buffer();
        for (int method = 1; method <= 2; method++) {
            both.appendBytes(new byte[] {0x30, (byte) (12 + url.length)})
                    .appendBytes(new byte[] {6, 8, 0x2b, 6, 1, 5, 5, 7, 0x30, (byte) method})
                    .appendBytes(new byte[] {(byte) 0x86, (byte) url.length})
                    .appendBytes(url);
        }
        return Buffer.buffer(new byte[] {0x30, (byte) both.length()})
                .appendBuffer(both)
                .getBytes();
    }

    /**
     * One certificate, and so many of authorities that sign one another in a ring and have one name.
     *
     * @param weight bytes that each of these has for nothing
     */
    static KeyCertOptions ring(String name, int authorities, int weight) {
        List<X509Bundle> ring = Stream.generate(() -> ofTheRing(null, null, 0))
                .limit(authorities)
                .toList();
        X509Bundle leaf = make("CN=relay", ring.get(0), each -> withNames(each, name));
        StringBuilder chain = new StringBuilder(leaf.getCertificatePEM());
        for (int i = 0; i < authorities; i++) {
            X509Bundle signed = ofTheRing(ring.get(i).getKeyPair(), ring.get((i + 1) % authorities), weight);
            chain.append('\n').append(signed.getCertificatePEM());
        }
        return new PemKeyCertOptions()
                .addCertValue(Buffer.buffer(chain.toString()))
                .addKeyValue(Buffer.buffer(leaf.getPrivateKeyPEM()));
    }

    private static X509Bundle ofTheRing(@Nullable KeyPair key, @Nullable X509Bundle issuer, int weight) {
        return make("CN=Ring", issuer, each -> {
            CertificateBuilder authority = each.setIsCertificateAuthority(true)
                    .addExtensionOctetString("1.3.6.1.4.1.55555.1", false, new byte[weight]);
            return key == null ? authority : authority.keyPair(key);
        });
    }

    private static CertificateBuilder withNames(CertificateBuilder builder, String... names) {
        for (String name : names) {
            builder.addSanDnsName(name);
        }
        return builder;
    }

    private static X509Bundle make(
            String subject, @Nullable X509Bundle issuer, UnaryOperator<CertificateBuilder> details) {
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
