package org.nostrmonitor.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebServerTest {
    private static DemoClient demo;

    @BeforeAll
    static void serve() throws Exception {
        demo = new DemoClient(DemoData.relays());
    }

    @AfterAll
    static void close() throws Exception {
        demo.close();
    }

    @AfterEach
    void bringEverythingBack() {
        demo.site.views.away = false;
        demo.site.queue.away = false;
        demo.site.started = true;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/relays",
                "/system",
                "/nothing",
                "/relays?nip=x",
                "/api/v1/overview",
                "/api/v1/nothing",
                "/api/v1/relays?limit=0",
                "/health/live",
                "/metrics",
                "/api/v1/openapi.yaml",
            })
    void everyResponseTellsTheBrowserWhatNotToDo(String path) throws Exception {
        HttpResponse<String> response = demo.get(path);

        assertThat(response.headers().firstValue("content-security-policy"))
                .hasValue(
                        "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
                                + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
        assertThat(response.headers().firstValue("x-content-type-options")).hasValue("nosniff");
        assertThat(response.headers().firstValue("x-frame-options")).hasValue("DENY");
        assertThat(response.headers().firstValue("referrer-policy")).hasValue("no-referrer");
        assertThat(response.headers().firstValue("cross-origin-opener-policy")).hasValue("same-origin");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/relays", "/system", "/api/v1/overview", "/api/v1/relays", "/health/live", "/metrics"})
    void headAnswersAsGetDoesButWithoutABody(String path) throws Exception {
        HttpResponse<String> head = demo.send("HEAD", path);

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/relays", "/api/v1/overview", "/health/live"})
    void onlyReadingIsAllowed(String path) throws Exception {
        HttpResponse<String> response = demo.send("DELETE", path);

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("allow")).hasValue("GET, HEAD");
    }

    @Test
    void theStylesheetMayBeKeptForEverAndIsNotSentTwice() throws Exception {
        Matcher link = Pattern.compile("href=\"(/assets/style\\.[0-9a-f]{12}\\.css)\"")
                .matcher(demo.get("/").body());
        assertThat(link.find()).isTrue();
        HttpResponse<String> sheet = demo.get(link.group(1));
        String etag = sheet.headers().firstValue("etag").orElseThrow();

        assertThat(sheet.body()).contains("--paper");
        assertThat(sheet.headers().firstValue("cache-control"))
                .hasValueSatisfying(v -> assertThat(v).contains("immutable"));
        assertThat(demo.send("GET", link.group(1), "If-None-Match", etag).statusCode())
                .isEqualTo(304);
    }

    @Test
    void compressesForThoseWhoAsk() throws Exception {
        assertThat(demo.send("GET", "/", "Accept-Encoding", "gzip").headers().firstValue("content-encoding"))
                .hasValue("gzip");
        assertThat(demo.get("/").headers().firstValue("content-encoding")).isEmpty();
    }

    @Test
    void liveAsksNobody() throws Exception {
        demo.site.views.away = true;
        demo.site.queue.away = true;

        assertThat(demo.get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void readyNamesWhatIsDown() throws Exception {
        assertThat(demo.get("/health/ready").statusCode()).isEqualTo(200);
        demo.site.queue.away = true;
        demo.later(Duration.ofSeconds(2));
        HttpResponse<String> response = demo.get("/health/ready");
        JsonObject body = new JsonObject(response.body());

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(body.getString("status")).isEqualTo("down");
        assertThat(body.getJsonArray("checks").getJsonObject(0).getString("status"))
                .isEqualTo("up");
        assertThat(body.getJsonArray("checks").getJsonObject(1))
                .isEqualTo(new JsonObject(
                        "{\"name\":\"redis\",\"status\":\"down\",\"why\":\"failed: ConnectException\"}"));
    }

    @Test
    void startedWaitsForTheRest() throws Exception {
        demo.site.started = false;
        assertThat(demo.get("/health/started").statusCode()).isEqualTo(503);
        demo.site.started = true;
        assertThat(demo.get("/health/started").statusCode()).isEqualTo(200);
    }

    @Test
    void metricsAreInTheFormOfPrometheus() throws Exception {
        HttpResponse<String> metrics = demo.get("/metrics");

        assertThat(metrics.body()).contains("nostrmonitor_demo_total 1.0");
        assertThat(metrics.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
    }

    @Test
    void refusesWhatIsNoRequestAndHeadersWithoutEnd() throws Exception {
        assertThat(raw("GARBAGE\r\n\r\n")).startsWith("HTTP/1.").contains(" 400 ");
        assertThat(raw("GET / HTTP/1.1\r\nHost: x\r\nX: " + "y".repeat(20_000) + "\r\n\r\n"))
                .contains(" 431 ");
    }

    @Test
    void refusesBodies() throws Exception {
        assertThat(raw("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n" + "z".repeat(5000)))
                .contains(" 413 ");
    }

    private static String raw(String request) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), demo.site.server.port())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            byte[] answer = socket.getInputStream().readNBytes(64);
            return new String(answer, StandardCharsets.US_ASCII);
        }
    }
}
