package org.nostrmonitor.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.probe.OpenCheckTest.assertFailed;

import io.vertx.core.net.KeyCertOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.CheckType;
import org.nostrmonitor.relay.Outcome.Passed;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.Stage;

/** Peers with certificates that a client must not believe, and with such as are work to look at. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileCertificatesTest {
    private static final String HOST = "relay.localhost";

    private final Assault assault = new Assault(new ProbeLab().trusting(Certificates.authority()));

    /** The first handshake of a JVM loads half the JDK. */
    @BeforeAll
    void handshake() {
        RawServer peer = serving(Certificates.named(HOST));
        assault.lab.waiting(CheckType.OPEN, 60_000).probe(peer.wss(HOST));
    }

    @AfterAll
    void close() {
        assault.close();
    }

    @Test
    void aCertificateThatIsExpired() {
        var unused = assertRefused(Certificates.expired(HOST), Reason.TLS_EXPIRED);
    }

    @Test
    void aCertificateThatIsNotYetValid() {
        var unused = assertRefused(Certificates.notYetValid(HOST), Reason.TLS_NOT_YET_VALID);
    }

    @Test
    void aCertificateThatIsSelfSigned() {
        var unused = assertRefused(Certificates.selfSigned(HOST), Reason.TLS_SELF_SIGNED);
    }

    @Test
    void aCertificateForAnotherHost() {
        var unused = assertRefused(Certificates.named("another.localhost"), Reason.TLS_WRONG_HOST);
    }

    @Test
    void aCertificateOfAnUnknownIssuer() {
        var unused = assertRefused(Certificates.ofAStranger(HOST), Reason.TLS_UNKNOWN_ISSUER);
    }

    /** Nobody is asked: what a certificate names is an address that a stranger chose. */
    @Test
    void aCertificateThatLooksRevoked() {
        RawServer authority = RawServer.accepting(assault.world, socket -> {});
        RawServer peer = serving(Certificates.revocable(HOST, "http://127.0.0.1:" + authority.port()));
        CheckReport report = assault.atOnce(peer, peer.wss(HOST));
        assertThat(report.open()).isEqualTo(new Passed());
        assertThat(authority.connections).isEmpty();
    }

    @Test
    void aChainOfOneMegabyte() {
        CheckReport report = assertRefused(Certificates.ring(HOST, 17, 60_000), Reason.TLS_HANDSHAKE);
        assertThat(report.open().evidence()).contains("EXCESSIVE_MESSAGE_SIZE");
    }

    /** The JDK's search for a path takes 9 s among 160 of them, which are 60 KB; the TLS engine hands on ten. */
    @Test
    void aChainOfManyThatSignOneAnother() {
        CheckReport report = assertRefused(Certificates.ring(HOST, 40, 0), Reason.TLS_UNKNOWN_ISSUER);
        assertThat(report.open().evidence()).endsWith("certificates sent: 10");
    }

    private CheckReport assertRefused(KeyCertOptions certificate, Reason reason) {
        RawServer peer = serving(certificate);
        CheckReport report = assault.atOnce(peer, peer.wss(HOST));
        assertFailed(report, Stage.TLS, reason);
        return report;
    }

    private RawServer serving(KeyCertOptions certificate) {
        return RawServer.secured(assault.world, Certificates.served(certificate), RawServer::upgrade);
    }
}
