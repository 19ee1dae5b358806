package org.nostrmonitor.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nostrmonitor.http.view.Address;
import org.nostrmonitor.testing.CapturedLog;

/** Requests that no browser sends, written byte by byte. */
class HostileRequestsTest {
    private static final String ADMIN = "/api/v1/admin/dead-letters?region=eu-west";
    private static final List<String> HEADERS = List.of(
            "content-security-policy: " + SecurityHeaders.POLICY,
            "x-content-type-options: nosniff",
            "x-frame-options: DENY",
            "referrer-policy: no-referrer",
            "cross-origin-opener-policy: same-origin");

    @TempDir
    static Path directory;

    private static DemoClient demo;

    @BeforeAll
    static void serve() throws Exception {
        demo = new DemoClient(DemoData.relays(), Tokens.file(directory));
    }

    @AfterAll
    static void close() throws Exception {
        demo.close();
    }

    /** Its status; every answer carries the headers, whatever it is an answer to, and none is our own fault. */
    private static int answer(String request) throws Exception {
        try (CapturedLog log = CapturedLog.of("org.nostrmonitor.http.Errors")) {
            String answer = RawHttp.talk(demo, request);
            String head = answer.substring(0, answer.indexOf("\r\n\r\n"));
            assertThat(head.lines().map(HostileRequestsTest::lowerName))
                    .as(head)
                    .containsAll(HEADERS);
            assertThat(log.lines()).isEmpty();
            assertThat(answer).doesNotContain("java.", "io.vertx", "io.netty", "at org.");
            return Integer.parseInt(head.split(" ", 3)[1]);
        }
    }

    private static String lowerName(String line) {
        int colon = line.indexOf(':');
        return colon < 0 ? line : line.substring(0, colon).toLowerCase(java.util.Locale.ROOT) + line.substring(colon);
    }

    @ParameterizedTest
    @CsvSource({
        "GARBAGE, 400",
        "GET / HTTP/2.0, 501",
        "PRI * HTTP/2.0, 501",
        "GET / HTTP/9.9, 501",
        "GET / SPAM/1.1, 501",
        "TRACE / HTTP/1.1, 405",
        "CONNECT evil.example:443 HTTP/1.1, 404",
        "OPTIONS * HTTP/1.1, 404",
        "NONSENSE / HTTP/1.1, 405",
        "get / HTTP/1.1, 405",
        "POST / HTTP/1.1, 405",
        "DELETE /api/v1/relays HTTP/1.1, 405",
        "GET http://evil.example/health/live HTTP/1.1, 200",
        "GET evil.example HTTP/1.1, 404",
        "GET ?x HTTP/1.1, 400",
    })
    void strangeRequestLinesGetAStatusAndTheHeaders(String line, int status) throws Exception {
        assertThat(answer(line + "\r\nHost: monitor\r\nConnection: close\r\n\r\n"))
                .isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../etc/passwd",
                "/../../../../etc/passwd",
                "/assets/../../../etc/passwd",
                "/%2e%2e/%2e%2e/etc/passwd",
                "/..%2f..%2fetc%2fpasswd",
                "/..%5c..%5cetc%5cpasswd",
                "/..\\..\\etc\\passwd",
                "/....//....//etc/passwd",
                "//etc/passwd",
                "/%2fetc%2fpasswd",
                "/etc/passwd%00.css",
                "/%00",
                "/%c0%ae%c0%ae/etc/passwd",
                "/%e0%80%ae%e0%80%ae/etc/passwd",
                "/%zz",
                "/%",
                "/%u002e",
                "/relays/%",
                "/relays/%ff%fe",
                "/relays/%00",
                "/relays/wss%3A%2F%2F%00/",
                "/api/v1/relays/%zz",
                "/api/v1/relays/%/check",
                "/api/v1/relays?q=%",
                "/api/v1/relays?q=%zz",
                "/api/v1/relays?%",
                "/relays?q=%zz",
                "/relays?%00=%00",
                "/assets/style.css",
                "/web/style.css",
                "/openapi.yaml",
                "/db/migration/V1__initial.sql",
            })
    void pathsLeadNowhereButToOurOwnRoutes(String path) throws Exception {
        assertThat(answer("GET " + path + " HTTP/1.1\r\nHost: monitor\r\nConnection: close\r\n\r\n"))
                .isIn(200, 400, 404);
        assertThat(RawHttp.talk(demo, "GET " + path + " HTTP/1.0\r\n\r\n"))
                .doesNotContain("root:", "CREATE TABLE", "postgresql://");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/admin/dead-letters",
                "/api/v1//admin/dead-letters",
                "//api/v1/admin/dead-letters",
                "/api/v1/./admin/dead-letters",
                "/api/v1/x/../admin/dead-letters",
                "/api/v1/%61dmin/dead-letters",
                "/%61pi/v1/admin/dead-letters",
                "/api/v1/admin%2fdead-letters",
                "/api/v1%2fadmin/dead-letters",
                "/api/v1/admin/dead-letters/",
                "/api/v1/admin;x/dead-letters",
                "/api/v1/ADMIN/dead-letters",
                "/api/v1/admin%00/dead-letters",
                "/api/v1/%c1%a1dmin/dead-letters",
                "/api/v1\\admin\\dead-letters",
                "/health/../api/v1/admin/dead-letters",
                "http://monitor/api/v1/admin/dead-letters",
            })
    void noSpellingOfAnAdminAddressLeadsPastTheToken(String path) throws Exception {
        String get = "GET " + path + "?region=eu-west HTTP/1.1\r\nHost: monitor\r\nConnection: close\r\n\r\n";

        assertThat(answer(get)).isIn(400, 401, 404);
        assertThat(RawHttp.talk(demo, get)).doesNotContain("payload");
    }

    @Test
    void aLineAHeadAndABodyMayBeSoLongAndNoLonger() throws Exception {
        assertThat(answer(RawHttp.get("/relays?q=" + "x".repeat(8_000)))).isEqualTo(400);
        assertThat(answer(RawHttp.get("/relays?q=" + "x".repeat(9_000)))).isEqualTo(414);
        assertThat(answer(RawHttp.get("/" + "a/".repeat(3_000)))).isEqualTo(404);
        assertThat(answer("GET / HTTP/1.1\r\nHost: m\r\nX: " + "y".repeat(20_000) + "\r\n\r\n"))
                .isEqualTo(431);
        assertThat(answer("GET / HTTP/1.1\r\nHost: m\r\n" + "X: y\r\n".repeat(5_000) + "\r\n"))
                .isEqualTo(431);
        assertThat(answer("GET / HTTP/1.1\r\nHost: m\r\nContent-Length: 5000\r\n\r\n" + "z".repeat(5_000)))
                .isEqualTo(413);
        assertThat(answer("GET / HTTP/1.1\r\nHost: m\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + ("400\r\n" + "z".repeat(1_024) + "\r\n").repeat(3) + "0\r\n\r\n"))
                .isEqualTo(413);
        assertThat(answer(
                        "POST /system/dead-letters HTTP/1.1\r\nHost: m\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                                + "Content-Length: 99999999999\r\n\r\ntoken=x"))
                .isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: m\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
                "GET / HTTP/1.1\r\nHost: m\r\nContent-Length: -1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: m\r\nContent-Length: x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: m\r\nX : y\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: m\r\nX: a\u0000b\r\n\r\n",
            })
    void headsThatTwoReadersWouldReadDifferentlyAreRefused(String request) throws Exception {
        assertThat(answer(request)).isEqualTo(400);
    }

    @Test
    void staticFilesAndNotModifiedOnesCarryTheHeadersToo() throws Exception {
        String sheet = demo.get("/").body().replaceAll("(?s).*href=\"(/assets/style[^\"]+)\".*", "$1");
        String etag = demo.get(sheet).headers().firstValue("etag").orElseThrow();

        assertThat(answer(RawHttp.get(sheet))).isEqualTo(200);
        assertThat(answer("GET " + sheet + " HTTP/1.1\r\nHost: m\r\nIf-None-Match: " + etag + "\r\n\r\n"))
                .isEqualTo(304);
        assertThat(answer(RawHttp.get(ADMIN))).isEqualTo(401);
        assertThat(answer(RawHttp.get(Address.path(DemoData.HOSTILE)))).isEqualTo(200);
        assertThat(answer(head(
                        "OPTIONS /api/v1/relays HTTP/1.1",
                        "Host: m",
                        "Origin: https://x.example",
                        "Access-Control-Request-Method: GET")))
                .isEqualTo(204);
    }

    @Test
    void aWebSocketUpgradeIsAnOrdinaryRequest() throws Exception {
        assertThat(answer(head(
                        "GET / HTTP/1.1",
                        "Host: m",
                        "Upgrade: websocket",
                        "Connection: Upgrade",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")))
                .isEqualTo(200);
        assertThat(answer(head(
                        "GET / HTTP/1.1",
                        "Host: m",
                        "Upgrade: h2c",
                        "Connection: Upgrade, HTTP2-Settings",
                        "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA")))
                .isEqualTo(200);
    }

    private static String head(String... lines) {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }
}
