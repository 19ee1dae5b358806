package org.nostrmonitor.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.relay.CheckType.NIP11;
import static org.nostrmonitor.relay.CheckType.READ;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Outcome.Failed;
import org.nostrmonitor.relay.Outcome.Passed;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.Stage;

class Nip11FetchTest {
    private static final String DOCUMENT = "{ \"name\": \"ünïcode\",\n \"supported_nips\": [1, \"11\"] }";

    private final ProbeLab lab = new ProbeLab().trusting(Certificates.authority());
    private final ScriptedRelay relay = new ScriptedRelay(lab.vertx);

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void keepsTheDocumentAsReceived() {
        CheckReport report = fetch(request -> end(request, DOCUMENT));
        assertThat(report.nip11()).isEqualTo(new Passed());
        assertThat(report.document()).isEqualTo(DOCUMENT);
        assertThat(report.phases().nip11()).isPositive();
        HttpServerRequest request = relay.requests.get(0);
        assertThat(request.getHeader("Accept")).isEqualTo("application/nostr+json");
        assertThat(request.getHeader("Accept-Encoding")).isNull();
        assertThat(request.path()).isEqualTo("/");
    }

    @Test
    void fetchesOverTls() {
        relay.secured(Certificates.named("relay.localhost"))
                .onRequest(request -> end(request, DOCUMENT))
                .start();
        CheckReport report = lab.probe(relay.wss("relay.localhost") + "/inbox?x=1", NIP11);
        assertThat(report.document()).isEqualTo(DOCUMENT);
        assertThat(relay.requests.get(0).uri()).isEqualTo("/inbox?x=1");
    }

    @Test
    void takesAChunkedDocument() {
        CheckReport report = fetch(request -> {
            request.response().setChunked(true).write(DOCUMENT.substring(0, 10)).onFailure(ignored -> {});
            request.response().end(DOCUMENT.substring(10)).onFailure(ignored -> {});
        });
        assertThat(report.document()).isEqualTo(DOCUMENT);
    }

    @Test
    void takesADocumentThatEndsWithTheConnection() {
        RawServer server = RawServer.answering(lab.vertx, (socket, request) -> {
            if (request.contains("nostr+json")) {
                RawServer.write(socket, Buffer.buffer("HTTP/1.1 200 OK\r\n\r\n{\"name\":\"x\"}"));
                RawServer.close(socket);
            } else {
                RawServer.write(socket, RawServer.switching(request));
            }
        });
        assertThat(lab.probe(server.ws(), NIP11).document()).isEqualTo("{\"name\":\"x\"}");
    }

    @Test
    void refusesADocumentThatIsCutShort() {
        RawServer server = RawServer.answering(lab.vertx, (socket, request) -> {
            if (request.contains("nostr+json")) {
                RawServer.write(socket, Buffer.buffer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{}"));
                RawServer.close(socket);
            } else {
                RawServer.write(socket, RawServer.switching(request));
            }
        });
        assertThat(lab.probe(server.ws(), NIP11).nip11()).isInstanceOf(Failed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>hello</html>", "[]", "\"x\"", "{\"name\":", "null"})
    void refusesWhatIsNoJsonObject(String body) {
        assertFailed(fetch(request -> end(request, body)), Reason.NOT_JSON);
    }

    @Test
    void refusesDeepNesting() {
        String deep = "{\"a\":" + "[".repeat(50) + "]".repeat(50) + "}";
        assertFailed(fetch(request -> end(request, deep)), Reason.NOT_JSON);
    }

    @Test
    void cutsAnEndlessDocument() {
        assertFailed(fetch(request -> end(request, "{\"a\":\"" + "x".repeat(200_000) + "\"}")), Reason.TOO_LARGE);
    }

    @Test
    void keepsTheStatusOfARefusal() {
        CheckReport report = fetch(request -> {
            request.response().setStatusCode(503);
            end(request, "busy");
        });
        assertFailed(report, Reason.HTTP_STATUS);
        assertThat(report.nip11().evidence()).isEqualTo("503");
    }

    @Test
    void doesNotMakeARelayOffline() {
        relay.onRequest(request -> request.connection().close().onFailure(ignored -> {}))
                .start();
        CheckReport report = lab.probe(relay.ws(), READ, NIP11);
        assertFailed(report, Reason.CLOSED);
        assertThat(report.state()).isEqualTo(RelayState.ONLINE);
        assertThat(report.document()).isNull();
    }

    @Test
    void namesSilence() {
        lab.waiting(NIP11, 300);
        assertFailed(fetch(request -> {}), Reason.NO_REPLY);
    }

    @Test
    void isAskedForAlsoWhenTheUpgradeFails() {
        RawServer server = RawServer.answering(
                lab.vertx,
                (socket, request) ->
                        RawServer.write(socket, Buffer.buffer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")));
        CheckReport report = lab.probe(server.ws(), READ, NIP11);
        assertThat(report.open().reason()).isEqualTo(Reason.UPGRADE_STATUS);
        assertThat(report.nip11()).isEqualTo(new Passed());
        assertThat(report.state()).isEqualTo(RelayState.OFFLINE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/other",
                "other",
                "//127.0.0.1:PORT/other",
                "http://127.0.0.1:PORT/other",
                "http://localhost:PORT/other"
            })
    void followsARedirect(String location) {
        CheckReport report = fetch(request -> {
            if (request.path().equals("/other")) {
                end(request, DOCUMENT);
            } else {
                redirect(request, location.replace("PORT", Integer.toString(relay.port())));
            }
        });
        assertThat(report.nip11()).isEqualTo(new Passed());
        assertThat(report.document()).isEqualTo(DOCUMENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "http://10.0.0.1/",
                "http://169.254.169.254/latest/meta-data",
                "http://[::ffff:10.0.0.1]/",
                "http://127.0.0.1:22/",
                "http://127.0.0.1:6379/",
                "http://user@127.0.0.1/",
                "ftp://127.0.0.1/",
                "javascript:alert(1)",
                "http://abcdef.onion/",
            })
    void doesNotFollowARedirectToWhereItDoesNotGo(String location) {
        CheckReport report = fetch(request -> redirect(request, location));
        assertFailed(report, Reason.REDIRECT_BLOCKED);
        assertThat(relay.requests).hasSize(1);
    }

    @Test
    void followsThreeRedirectsAtMost() {
        assertFailed(fetch(request -> redirect(request, "/again")), Reason.REDIRECT_BLOCKED);
        assertThat(relay.requests).hasSize(4);
    }

    private CheckReport fetch(Consumer<HttpServerRequest> script) {
        return lab.probe(relay.onRequest(script).start().ws(), NIP11);
    }

    private static void end(HttpServerRequest request, String body) {
        request.response().end(body).onFailure(ignored -> {});
    }

    private static void redirect(HttpServerRequest request, String location) {
        request.response()
                .setStatusCode(302)
                .putHeader("Location", location)
                .end()
                .onFailure(ignored -> {});
    }

    private static void assertFailed(CheckReport report, Reason reason) {
        assertThat(report.nip11()).isInstanceOf(Failed.class);
        assertThat(((Failed) report.nip11()).stage()).isEqualTo(Stage.NIP11);
        assertThat(report.nip11().reason()).as(report.nip11().toString()).isEqualTo(reason);
    }
}
