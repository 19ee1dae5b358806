package org.nostrmonitor.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nostrmonitor.http.view.Address;

/** Every address with every method. */
class MethodsTest {
    private static final List<String> WRITING = List.of("POST", "PUT", "PATCH", "DELETE", "TRACE");

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

    private static HttpResponse<String> send(String method, String path) throws Exception {
        return demo.send(method, path, "Authorization", "Bearer " + Tokens.RIGHT);
    }

    private static String relay(String path) {
        return path.replace("{relay}", Address.path(DemoData.HEALTHY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/relays",
                "{relay}",
                "/system",
                "/statistics",
                "/compare",
                "/api",
                "/health/live",
                "/health/ready",
                "/metrics",
                "/api/v1/openapi.yaml",
                "/api/v1/overview",
                "/api/v1/relays",
                "/api/v1{relay}",
                "/api/v1{relay}/results",
                "/api/v1{relay}/jobs",
                "/api/v1/cycles",
                "/api/v1/queue",
                "/api/v1/admin/dead-letters?region=eu-west",
            })
    void whatIsReadIsNotWritten(String path) throws Exception {
        assertThat(send("GET", relay(path)).statusCode()).isEqualTo(200);
        assertThat(send("HEAD", relay(path)).statusCode()).isEqualTo(200);
        assertThat(send("HEAD", relay(path)).body()).isEmpty();
        for (String method : WRITING) {
            HttpResponse<String> response = send(method, relay(path));
            assertThat(response.statusCode()).as(method).isEqualTo(405);
            assertThat(response.headers().firstValue("allow")).as(method).hasValue("GET, HEAD");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/system/dead-letters",
                "{relay}/check",
                "/api/v1/admin/dead-letters/retry",
                "/api/v1/admin/dead-letters/drop",
                "/api/v1/admin{relay}/check",
            })
    void whatIsPostedToIsNeitherReadNorAnythingElse(String path) throws Exception {
        for (String method : List.of("GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS")) {
            HttpResponse<String> response = send(method, relay(path));
            assertThat(response.statusCode()).as(method).isEqualTo(405);
            assertThat(response.headers().firstValue("allow")).as(method).hasValue("POST");
        }
        assertThat(demo.site.queue.acts).isEmpty();
    }
}
