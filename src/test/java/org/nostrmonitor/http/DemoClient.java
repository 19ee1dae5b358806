package org.nostrmonitor.http;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A server over made-up data on a free port, at a time that stands still unless it is moved, and a plain client of it. */
final class DemoClient implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-22T16:37:00Z");
    /** "16:37", as pages print it. */
    static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneOffset.UTC);

    private static final int PATIENCE_SECONDS = 20;

    final DemoSite site;
    final AtomicReference<Instant> time = new AtomicReference<>(NOW);
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(PATIENCE_SECONDS))
            .build();

    DemoClient(List<DemoRelay> relays) throws TimeoutException {
        this(relays, null);
    }

    /** @param adminToken the file of the admin token, or null to have none */
    DemoClient(List<DemoRelay> relays, @Nullable Path adminToken) throws TimeoutException {
        this(relays, adminToken, WebLimits.of(20, List.of("127.0.0.0/8", "::1/128")));
    }

    DemoClient(List<DemoRelay> relays, @Nullable Path adminToken, WebLimits limits) throws TimeoutException {
        InstantSource clock = time::get;
        site = new DemoSite(vertx, relays, clock, 0, adminToken, limits);
        site.server.start().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Past what is shared for a second or two. */
    void later(Duration by) {
        time.updateAndGet(now -> now.plus(by));
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
        return send(method, path, HttpRequest.BodyPublishers.noBody(), headers);
    }

    HttpResponse<String> send(String method, String path, String body, String[] headers)
            throws IOException, InterruptedException {
        return send(method, path, HttpRequest.BodyPublishers.ofString(body), headers);
    }

    /** A body of JSON with a token. */
    HttpResponse<String> post(String path, String token, String json) throws IOException, InterruptedException {
        return send(
                "POST",
                path,
                HttpRequest.BodyPublishers.ofString(json),
                "Authorization",
                "Bearer " + token,
                "Content-Type",
                "application/json");
    }

    /** What a browser sends for a form. */
    HttpResponse<String> form(String path, String encoded) throws IOException, InterruptedException {
        return send(
                "POST",
                path,
                HttpRequest.BodyPublishers.ofString(encoded),
                "Content-Type",
                "application/x-www-form-urlencoded");
    }

    private HttpResponse<String> send(String method, String path, HttpRequest.BodyPublisher body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin() + path))
                .timeout(Duration.ofSeconds(PATIENCE_SECONDS))
                .method(method, body);
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
