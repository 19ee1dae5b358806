package org.nostrmonitor.testing;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A monitor's API as any program would use it: nothing of our server's code. */
public final class Api {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final String base;

    /** @param base {@code http://host:port} */
    public Api(String base) {
        this.base = base;
    }

    /** The answer to a GET, whatever its status. */
    public HttpResponse<String> get(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            return CLIENT.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public JsonObject json(String path) {
        HttpResponse<String> response = get(path);
        if (response.statusCode() != 200) {
            throw new AssertionError(path + " answered " + response.statusCode() + ": " + response.body());
        }
        return new JsonObject(response.body());
    }

    /** Every relay of the list, page by page. */
    public List<JsonObject> allRelays() {
        List<JsonObject> all = new ArrayList<>();
        String next = "";
        do {
            JsonObject page = json("/api/v1/relays?limit=200" + next);
            page.getJsonArray("items").forEach(item -> all.add((JsonObject) item));
            String cursor = page.getString("next");
            next = cursor == null ? "" : "&cursor=" + encoded(cursor);
        } while (!next.isEmpty());
        return all;
    }

    /** The newest cycles. */
    public List<JsonObject> cycles() {
        JsonArray items = json("/api/v1/cycles").getJsonArray("items");
        return items.stream().map(JsonObject.class::cast).toList();
    }

    /** Asks again until the answer is as wished, at most so long. */
    public List<JsonObject> awaitCycles(Predicate<List<JsonObject>> wished, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            List<JsonObject> cycles = cycles();
            if (wished.test(cycles)) {
                return cycles;
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not so within " + patience + ": " + cycles);
            }
            java.util.concurrent.locks.LockSupport.parkNanos(
                    Duration.ofMillis(200).toNanos());
        }
    }

    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
