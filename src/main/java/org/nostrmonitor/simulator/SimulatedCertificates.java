package org.nostrmonitor.simulator;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/** A certificate authority of its own, and with it one certificate for all relays and one for each kind of fault. */
final class SimulatedCertificates {
    /** The extension that names the host (RFC 5280 §4.2.1.6). */
    private static final String SUBJECT_ALT_NAME = "2.5.29.17";

    private static final String EVERY_RELAY = "*" + SimulatedRelay.DOMAIN;

    private final X509Bundle authority;
    private final X509Bundle good;
    private final Map<Behaviour, X509Bundle> faulty;

    private SimulatedCertificates(X509Bundle authority, X509Bundle good, Map<Behaviour, X509Bundle> faulty) {
        this.authority = authority;
        this.good = good;
        this.faulty = faulty;
    }

    /** Makes them, which takes a while: not for an event loop. */
    static SimulatedCertificates make(Instant now) throws Exception {
        X509Bundle authority = authority("Simulated Authority", now);
        X509Bundle stranger = authority("Unknown Authority", now);
        Map<Behaviour, X509Bundle> faulty = new EnumMap<>(Behaviour.class);
        faulty.put(
                Behaviour.TLS_EXPIRED,
                relay(EVERY_RELAY, now.minus(days(90)), now.minus(days(3))).buildIssuedBy(authority));
        faulty.put(
                Behaviour.TLS_NOT_YET_VALID,
                relay(EVERY_RELAY, now.plus(days(3)), now.plus(days(90))).buildIssuedBy(authority));
        faulty.put(Behaviour.TLS_WRONG_HOST, valid("another-host.example", now).buildIssuedBy(authority));
        faulty.put(
                Behaviour.TLS_SELF_SIGNED,
                valid(EVERY_RELAY, now).setIsCertificateAuthority(true).buildSelfSigned());
        faulty.put(Behaviour.TLS_UNKNOWN, valid(EVERY_RELAY, now).buildIssuedBy(stranger));
        return new SimulatedCertificates(authority, valid(EVERY_RELAY, now).buildIssuedBy(authority), faulty);
    }

    private static X509Bundle authority(String name, Instant now) throws Exception {
        return new CertificateBuilder()
                .ecp256()
                .subject("CN=" + name)
                .notBefore(now.minus(days(1000)))
                .notAfter(now.plus(days(1000)))
                .setIsCertificateAuthority(true)
                .setKeyUsage(true, CertificateBuilder.KeyUsage.keyCertSign, CertificateBuilder.KeyUsage.cRLSign)
                .buildSelfSigned();
    }

    private static CertificateBuilder valid(String host, Instant now) throws IOException {
        return relay(host, now.minus(days(30)), now.plus(days(365)));
    }

    /** The builder's own method for host names takes no wildcard. */
    private static CertificateBuilder relay(String host, Instant from, Instant to) throws IOException {
        return new CertificateBuilder()
                .ecp256()
                .subject("CN=" + host)
                .addExtensionOctetString(SUBJECT_ALT_NAME, false, nameOf(host))
                .notBefore(from)
                .notAfter(to)
                .setKeyUsage(true, CertificateBuilder.KeyUsage.digitalSignature);
    }

    private static byte[] nameOf(String host) throws IOException {
        return new GeneralNames(new GeneralName(GeneralName.dNSName, host)).getEncoded();
    }

    private static Duration days(int days) {
        return Duration.ofDays(days);
    }

    /** What a client has to trust for the relays that are well, as PEM. */
    String authorityPem() {
        return authority.getCertificatePEM();
    }

    /** What a relay of this behaviour shows. */
    X509Bundle of(Behaviour behaviour) {
        return faulty.getOrDefault(behaviour, good);
    }
}
