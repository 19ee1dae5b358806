package org.nostrmonitor.http;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A server over made-up data on a free port at a fixed time, and a plain client of it. */
final class DemoClient implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-22T16:37:00Z");
    private static final int PATIENCE_SECONDS = 20;

    final DemoSite site;
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(PATIENCE_SECONDS))
            .build();

    DemoClient(List<DemoRelay> relays) throws TimeoutException {
        site = new DemoSite(vertx, relays, InstantSource.fixed(NOW), 0);
        site.server.start().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    String origin() {
        return "http://127.0.0.1:" + site.server.port();
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path);
    }

    JsonObject json(String path) throws IOException, InterruptedException {
        return new JsonObject(get(path).body());
    }

    HttpResponse<String> send(String method, String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin() + path))
                .timeout(Duration.ofSeconds(PATIENCE_SECONDS))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() throws TimeoutException {
        site.server.stop().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        vertx.close().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
