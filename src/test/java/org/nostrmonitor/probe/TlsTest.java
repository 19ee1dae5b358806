package org.nostrmonitor.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.probe.OpenCheckTest.assertFailed;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import io.vertx.core.net.KeyCertOptions;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nostrmonitor.relay.CertificateExpiry;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.CheckType;
import org.nostrmonitor.relay.Outcome.Passed;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.Stage;
import org.nostrmonitor.relay.TlsSession;

class TlsTest {
    /** The first handshake of a JVM loads half the JDK, on a busy machine for seconds. */
    private final ProbeLab lab =
            new ProbeLab().trusting(Certificates.authority()).waiting(CheckType.OPEN, 30_000);

    @AfterEach
    void close() {
        lab.close();
    }

    static Stream<SslProvider> engines() {
        return Stream.of(SslProvider.OPENSSL, SslProvider.JDK);
    }

    @Test
    void usesTheNativeEngine() {
        OpenSsl.ensureAvailability();
        assertThat(RelayTls.engine()).isEqualTo(SslProvider.OPENSSL);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void opensAndReadsOverTls(SslProvider engine) {
        CheckReport report = probe(engine, Certificates.named("relay.localhost"), "relay.localhost");
        assertThat(report.open()).isEqualTo(new Passed());
        assertThat(report.read().passed()).isTrue();
        assertThat(report.phases().tls()).isPositive();
        assertThat(report.phases().tls()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("engines")
    void verifiesAnAddressInTheCertificate(SslProvider engine) {
        assertThat(probe(engine, Certificates.forAddress("127.0.0.1"), "127.0.0.1")
                        .open())
                .isEqualTo(new Passed());
    }

    @ParameterizedTest
    @MethodSource("engines")
    void refusesANameForAnAddress(SslProvider engine) {
        assertFailed(probe(engine, Certificates.named("localhost"), "127.0.0.1"), Stage.TLS, Reason.TLS_WRONG_HOST);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void refusesAnAddressForAName(SslProvider engine) {
        KeyCertOptions certificate = Certificates.forAddress("127.0.0.1");
        assertFailed(probe(engine, certificate, "relay.localhost"), Stage.TLS, Reason.TLS_WRONG_HOST);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void refusesAnotherHost(SslProvider engine) {
        KeyCertOptions certificate = Certificates.named("other.localhost");
        assertFailed(probe(engine, certificate, "relay.localhost"), Stage.TLS, Reason.TLS_WRONG_HOST);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void refusesAnExpiredCertificate(SslProvider engine) {
        KeyCertOptions certificate = Certificates.expired("relay.localhost");
        assertFailed(probe(engine, certificate, "relay.localhost"), Stage.TLS, Reason.TLS_EXPIRED);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void refusesACertificateThatIsNotYetValid(SslProvider engine) {
        KeyCertOptions certificate = Certificates.notYetValid("relay.localhost");
        assertFailed(probe(engine, certificate, "relay.localhost"), Stage.TLS, Reason.TLS_NOT_YET_VALID);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void refusesASelfSignedCertificate(SslProvider engine) {
        KeyCertOptions certificate = Certificates.selfSigned("relay.localhost");
        assertFailed(probe(engine, certificate, "relay.localhost"), Stage.TLS, Reason.TLS_SELF_SIGNED);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void refusesAnUnknownIssuer(SslProvider engine) {
        KeyCertOptions certificate = Certificates.ofAStranger("relay.localhost");
        assertFailed(probe(engine, certificate, "relay.localhost"), Stage.TLS, Reason.TLS_UNKNOWN_ISSUER);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void keepsWhatTheHandshakeShowed(SslProvider engine) {
        CheckReport report =
                probe(engine, Certificates.named("relay.localhost", "127.0.0.1.example"), "relay.localhost");
        TlsSession tls = Objects.requireNonNull(report.facts().tls());
        assertThat(tls.protocol()).isEqualTo("TLSv1.3");
        assertThat(tls.cipher()).startsWith("TLS_").contains("_GCM_");
        assertThat(tls.leaf().subject()).isEqualTo("CN=relay");
        assertThat(tls.leaf().issuer()).isEqualTo("CN=Test Authority");
        assertThat(tls.leaf().names()).containsExactly("relay.localhost", "127.0.0.1.example");
        assertThat(tls.leaf().notAfter()).isAfter(report.checkedAt());
        assertThat(tls.leaf().sha256()).matches("[0-9a-f]{64}");
        assertThat(tls.chain()).hasSizeBetween(1, 2);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void keepsTheCertificateThatWasRefused(SslProvider engine) {
        CheckReport report = probe(engine, Certificates.expired("relay.localhost"), "relay.localhost");
        TlsSession tls = Objects.requireNonNull(report.facts().tls());
        assertThat(tls.protocol()).isNull();
        assertThat(tls.cipher()).isNull();
        assertThat(tls.leaf().names()).containsExactly("relay.localhost");
        assertThat(tls.leaf().notAfter()).isBefore(report.checkedAt());
        assertThat(CertificateExpiry.warning(tls, report.checkedAt())).contains("The certificate expired 1 day ago.");
        assertThat(report.open().evidence()).contains("certificates sent: ");
    }

    @Test
    void keepsNoMoreThanTwentyNamesOfACertificate() {
        String[] names =
                IntStream.range(0, 30).mapToObj(i -> "r" + i + ".localhost").toArray(String[]::new);
        CheckReport report = probe(RelayTls.engine(), Certificates.named(names), "r29.localhost");
        assertThat(report.open()).isEqualTo(new Passed());
        assertThat(Objects.requireNonNull(report.facts().tls()).leaf().names()).hasSize(20);
    }

    @Test
    void keepsNothingOfAHandshakeWithoutACertificate() {
        RawServer server = RawServer.accepting(lab.vertx, socket -> socket.handler(hello -> RawServer.close(socket)));
        assertThat(lab.probe(server.wss("127.0.0.1")).facts().tls()).isNull();
    }

    private CheckReport probe(SslProvider engine, KeyCertOptions certificate, String host) {
        ScriptedRelay relay = new ScriptedRelay(lab.vertx).secured(certificate).start();
        return lab.with(engine).probe(relay.wss(host), CheckType.READ);
    }
}
