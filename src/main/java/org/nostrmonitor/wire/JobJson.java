package org.nostrmonitor.wire;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.CheckType;
import org.nostrmonitor.relay.Priority;
import org.nostrmonitor.relay.RelayUrl;

/** A job as JSON, type {@code relay_check_job}. */
public final class JobJson {
    static final String TYPE = "relay_check_job";

    private JobJson() {}

    public static JsonObject write(CheckJob job) {
        JsonObject timeouts = new JsonObject();
        Stream.of(CheckType.values())
                .filter(job.checks()::contains)
                .forEach(check -> timeouts.put(check.label(), job.timeout(check).toMillis()));
        return new JsonObject()
                .put("type", TYPE)
                .put("url", job.relay().value())
                .put("region", job.region())
                .put("cycle", job.cycle().getEpochSecond())
                .put("timeoutsMs", timeouts)
                .put("signingKey", job.signingKey())
                .put(
                        "publishTo",
                        new JsonArray(
                                job.publishTo().stream().map(RelayUrl::value).toList()))
                .put("priority", job.priority().name())
                .put("attempt", job.attempt())
                .put("wasUp", job.wasUp())
                .put("confirmation", job.confirmation())
                .put("reserved", job.reserved());
    }

    /** @throws IllegalArgumentException if it is not a job; the message says what is wrong */
    public static CheckJob read(JsonObject json) {
        try {
            if (!TYPE.equals(json.getString("type"))) {
                throw new IllegalArgumentException("not a " + TYPE + ": type is " + json.getValue("type"));
            }
            Map<CheckType, Duration> timeouts = new EnumMap<>(CheckType.class);
            JsonObject timeoutsMs = json.getJsonObject("timeoutsMs");
            for (String check : timeoutsMs.fieldNames()) {
                timeouts.put(CheckType.ofLabel(check), Duration.ofMillis(timeoutsMs.getLong(check)));
            }
            List<RelayUrl> publishTo = json.getJsonArray("publishTo").stream()
                    .map(url -> RelayUrl.of((String) url))
                    .toList();
            return new CheckJob(
                    RelayUrl.of(json.getString("url")),
                    Texts.of(json, "region"),
                    Instant.ofEpochSecond(json.getLong("cycle")),
                    timeouts.keySet(),
                    timeouts,
                    json.getString("signingKey"),
                    publishTo,
                    Priority.valueOf(json.getString("priority")),
                    json.getInteger("attempt"),
                    json.getBoolean("wasUp"),
                    json.getInteger("confirmation"),
                    json.getString("reserved"));
        } catch (ClassCastException | NullPointerException | DateTimeException e) {
            throw new IllegalArgumentException("a " + TYPE + " with a missing or mistyped field: " + e.getMessage(), e);
        }
    }
}
