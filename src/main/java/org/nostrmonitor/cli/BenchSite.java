package org.nostrmonitor.cli;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.redis.client.Redis;
import java.time.InstantSource;
import java.util.List;
import org.nostrmonitor.bus.Bus;
import org.nostrmonitor.cache.RedisRecentResults;
import org.nostrmonitor.cache.RedisWorkers;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.http.Readiness;
import org.nostrmonitor.http.Sources;
import org.nostrmonitor.http.WebLimits;
import org.nostrmonitor.http.WebServer;
import org.nostrmonitor.http.WebSettings;
import org.nostrmonitor.queue.RedisConnections;
import org.nostrmonitor.queue.RedisDeadLetters;
import org.nostrmonitor.queue.RedisQueueView;
import org.nostrmonitor.storage.Database;
import org.nostrmonitor.storage.PgAdministration;
import org.nostrmonitor.storage.PgCycleRepository;
import org.nostrmonitor.storage.PgHistory;
import org.nostrmonitor.storage.PgOtherMonitors;
import org.nostrmonitor.storage.PgOutbox;
import org.nostrmonitor.storage.PgRelayViews;
import org.nostrmonitor.storage.PgRunLog;
import org.nostrmonitor.storage.PgStatistics;
import org.nostrmonitor.storage.SharedSettings.Shared;

/** The pages as they are served, over a database, and somebody on this machine who reads them. */
final class BenchSite {
    private final WebServer server;
    private final HttpClient client;

    private BenchSite(WebServer server, HttpClient client) {
        this.server = server;
        this.client = client;
    }

    static Future<BenchSite> start(Vertx vertx, Database database, String redisUri) {
        Redis redis = RedisConnections.open(vertx, redisUri);
        InstantSource clock = InstantSource.system();
        Sources sources = new Sources(
                new PgRelayViews(database, clock),
                new PgHistory(database, clock),
                new PgStatistics(database),
                new PgOtherMonitors(database),
                new PgCycleRepository(database),
                new PgRunLog(database),
                new PgOutbox(database),
                new RedisWorkers(redis),
                new RedisQueueView(redis),
                new RedisDeadLetters(redis),
                new RedisRecentResults(redis),
                new PgAdministration(database, Shared.of(MonitorConfig.DEFAULT)),
                Bus.on(vertx));
        WebSettings settings = new WebSettings(
                "127.0.0.1",
                0,
                "region-1",
                "bench",
                null,
                () -> "*/15 * * * *",
                null,
                WebLimits.of(20, List.of("127.0.0.0/8")),
                true);
        WebServer server = new WebServer(
                vertx,
                sources,
                settings,
                new Readiness(() -> true, List.of()),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                clock);
        return server.start()
                .map(port -> new BenchSite(
                        server, vertx.createHttpClient(new HttpClientOptions().setDecompressionSupported(true))));
    }

    /** Completes with the whole answer, which was sent compressed as browsers ask for it. Fails unless it is 200. */
    Future<Buffer> get(String path) {
        return client.request(HttpMethod.GET, server.port(), "127.0.0.1", path)
                .compose(request -> request.setFollowRedirects(true).send())
                .compose(response -> body(path, response));
    }

    private static Future<Buffer> body(String path, HttpClientResponse response) {
        return response.statusCode() == 200
                ? response.body()
                : Future.failedFuture(path + " was answered with " + response.statusCode());
    }
}
