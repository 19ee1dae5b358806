package org.nostrmonitor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.testing.Await.await;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.config.ConfigLoader;
import org.nostrmonitor.config.Flags;
import org.nostrmonitor.config.MonitorConfig;

class MonitorHooksTest {
    @Test
    void noMethodAndNoAddressThatAStrangerInventsMakesASeriesOfMetrics() throws Exception {
        MonitorConfig config = new ConfigLoader(java.util.Map.of()).load(null, Flags.NONE);
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        MonitorHooks hooks = new MonitorHooks(config, registry, false, () -> null, Future::succeededFuture, System.err);
        Vertx vertx = hooks.createVertxBuilder(new VertxOptions()).build();
        try {
            int port = await(vertx.createHttpServer()
                            .requestHandler(request ->
                                    request.response().setStatusCode(405).end())
                            .listen(0, "127.0.0.1"))
                    .actualPort();
            HttpClient client = HttpClient.newHttpClient();
            ask(client, port, "GET", "/");
            ask(client, port, "NONSENSE", "/relays/x");
            long before = series(registry);
            for (int i = 0; i < 100; i++) {
                ask(client, port, "NONSENSE" + i, "/relays/" + i);
            }

            assertThat(series(registry)).isEqualTo(before);
            assertThat(registry.scrape()).contains("vertx_http_server_").doesNotContain("NONSENSE");
        } finally {
            await(vertx.close());
        }
    }

    private static void ask(HttpClient client, int port, String method, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(405);
    }

    private static long series(PrometheusMeterRegistry registry) {
        return registry.scrape().lines().filter(line -> !line.startsWith("#")).count();
    }
}
