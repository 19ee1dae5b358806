package org.nostrmonitor.cache;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.cache.TargetState.Refusals;
import org.nostrmonitor.relay.RelayUrl;

/** How it stands with the targets, as Redis has it under {@link RecentResults#TARGETS}. */
public final class TargetStateJson {
    private TargetStateJson() {}

    public static JsonObject write(List<TargetState> states) {
        return new JsonObject()
                .put(
                        "targets",
                        new JsonArray(
                                states.stream().map(TargetStateJson::write).toList()));
    }

    public static List<TargetState> read(JsonObject json) {
        return json.getJsonArray("targets").stream()
                .map(target -> readOne((JsonObject) target))
                .toList();
    }

    private static JsonObject write(TargetState state) {
        Refusals refusals = state.refusals();
        JsonObject json = new JsonObject()
                .put("target", state.target().value())
                .put("connected", state.connected())
                .put("inFlight", state.inFlight())
                .put("accepted", state.accepted())
                .put("refused", state.refused())
                .put("acceptedAt", text(state.acceptedAt()))
                .put("lastError", state.lastError())
                .put("nextAttempt", text(state.nextAttempt()));
        return refusals == null
                ? json
                : json.put(
                        "refusals",
                        new JsonObject()
                                .put("count", refusals.count())
                                .put("answer", refusals.answer())
                                .put("text", refusals.text())
                                .put("alike", refusals.alike()));
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static TargetState readOne(JsonObject json) {
        JsonObject refusals = json.getJsonObject("refusals");
        return new TargetState(
                RelayUrl.of(Objects.requireNonNull(json.getString("target"))),
                json.getBoolean("connected"),
                json.getInteger("inFlight"),
                json.getLong("accepted"),
                json.getLong("refused"),
                json.getInstant("acceptedAt"),
                refusals == null
                        ? null
                        : new Refusals(
                                refusals.getLong("count"),
                                Objects.requireNonNull(refusals.getString("answer")),
                                Objects.requireNonNull(refusals.getString("text")),
                                refusals.getBoolean("alike")),
                json.getString("lastError"),
                json.getInstant("nextAttempt"));
    }
}
