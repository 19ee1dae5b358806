package org.nostrmonitor.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.relay.RelayUrl;

class WaysToTargetsTest {
    private static final X509Bundle AUTHORITY = authority();
    private static final TrustOptions OURS =
            new PemTrustOptions().addCertValue(Buffer.buffer(AUTHORITY.getCertificatePEM()));
    private static final String ONE_ONION = "a".repeat(55) + "d.onion";
    private static final String OTHER_ONION = "b".repeat(55) + "d.onion";

    @RegisterExtension
    final PublisherLab lab = new PublisherLab();

    @Test
    void bringsEventsOverTls() throws Exception {
        ScriptedTarget target = secure(named("localhost"));
        RelayUrl url = target.url("wss", "localhost");
        List<String> ids = lab.pending(20, url);

        lab.publish(PublisherLab.PATIENT, Map.of(), OURS, url);
        lab.outbox.awaitEmpty(url);

        assertThat(target.receivedIds()).containsExactlyElementsOf(ids);
    }

    @Test
    void saysThatNobodyVouchesForACertificate() throws Exception {
        RelayUrl url = secure(named("localhost")).url("wss", "localhost");
        lab.pending(1, url);

        EventPublisher publisher = lab.publish(url);

        lab.awaitError(publisher, "cannot be reached: its TLS certificate is of no authority that this Java trusts");
        assertThat(lab.outbox.pendingIds(url)).hasSize(1);
    }

    @Test
    void saysThatACertificateHasExpired() throws Exception {
        Instant now = Instant.now();
        RelayUrl url = secure(certificate(each -> each.addSanDnsName("localhost")
                        .notBefore(now.minus(Duration.ofDays(9)))
                        .notAfter(now.minus(Duration.ofDays(1)))))
                .url("wss", "localhost");
        lab.pending(1, url);

        EventPublisher publisher = lab.publish(PublisherLab.PATIENT, Map.of(), OURS, url);

        lab.awaitError(publisher, "cannot be reached: its TLS certificate has expired");
    }

    @Test
    void saysThatACertificateIsForAnotherHost() throws Exception {
        RelayUrl url = secure(named("another.example")).url("wss", "localhost");
        lab.pending(1, url);

        EventPublisher publisher = lab.publish(PublisherLab.PATIENT, Map.of(), OURS, url);

        lab.awaitError(publisher, "cannot be reached: its TLS certificate is for another host");
    }

    @Test
    void saysThatATargetSpeaksNoTls() throws Exception {
        RelayUrl url = lab.target(ScriptedTarget.ACCEPT).url("wss", "localhost");
        lab.pending(1, url);

        EventPublisher publisher = lab.publish(url);

        lab.awaitError(publisher, "cannot be reached: TLS fails: ");
    }

    @Test
    void saysThatATargetAnswersWithHttp() throws Exception {
        int port = PublisherLab.await(lab.vertx
                        .createHttpServer()
                        .requestHandler(request ->
                                request.response().setStatusCode(503).end().onFailure(gone -> {}))
                        .listen(0, "127.0.0.1"))
                .actualPort();
        RelayUrl url = RelayUrl.of("ws://127.0.0.1:" + port);
        lab.pending(1, url);

        EventPublisher publisher = lab.publish(url);

        lab.awaitError(publisher, "cannot be reached: it answers with HTTP 503 instead of a WebSocket");
    }

    @Test
    void bringsEventsThroughAProxyUnderAUserNameForEachHost() throws Exception {
        ScriptedTarget target = lab.target(ScriptedTarget.ACCEPT);
        SocksProxy proxy = new SocksProxy(lab.vertx, target.url().port());
        RelayUrl one = RelayUrl.of("ws://" + ONE_ONION + "/");
        RelayUrl other = RelayUrl.of("ws://" + OTHER_ONION + ":8080/");
        lab.pending(10, one, other);

        lab.publish(PublisherLab.PATIENT, Map.of("tor", proxy.uri()), null, one, other);
        lab.outbox.awaitEmpty(one);
        lab.outbox.awaitEmpty(other);

        assertThat(proxy.asked)
                .containsExactlyInAnyOrder(
                        ONE_ONION + " " + ONE_ONION + ":80", OTHER_ONION + " " + OTHER_ONION + ":8080");
        assertThat(target.receivedIds()).hasSize(20);
    }

    @Test
    void saysThatTheProxyFindsNoWay() throws Exception {
        SocksProxy proxy = new SocksProxy(lab.vertx, 0);
        RelayUrl onion = RelayUrl.of("ws://" + ONE_ONION + "/");
        lab.pending(1, onion);

        EventPublisher publisher = lab.publish(PublisherLab.PATIENT, Map.of("tor", proxy.uri()), null, onion);

        lab.awaitError(publisher, "cannot be reached: the proxy does not lead to it: ");
    }

    @Test
    void saysThatThereIsNoProxy() throws Exception {
        RelayUrl onion = RelayUrl.of("ws://" + ONE_ONION + "/");
        lab.pending(1, onion);

        EventPublisher publisher = lab.publish(onion);

        lab.awaitError(publisher, "cannot be reached: no proxy is set for tor");
    }

    private ScriptedTarget secure(KeyCertOptions certificate) throws Exception {
        return ScriptedTarget.startSecure(lab.vertx, ScriptedTarget.ACCEPT, certificate);
    }

    private static KeyCertOptions named(String host) {
        return certificate(each -> each.addSanDnsName(host));
    }

    private static X509Bundle authority() {
        try {
            return new CertificateBuilder()
                    .ecp256()
                    .subject("CN=Test Authority")
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static KeyCertOptions certificate(UnaryOperator<CertificateBuilder> details) {
        try {
            X509Bundle bundle = details.apply(new CertificateBuilder().ecp256().subject("CN=relay"))
                    .buildIssuedBy(AUTHORITY);
            return new PemKeyCertOptions()
                    .addCertValue(Buffer.buffer(bundle.getCertificatePathPEM()))
                    .addKeyValue(Buffer.buffer(bundle.getPrivateKeyPEM()));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
