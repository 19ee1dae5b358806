package org.nostrmonitor.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Network;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.Stage;
import org.nostrmonitor.storage.Ongoing;
import org.nostrmonitor.storage.RelayViews.Count;
import org.nostrmonitor.storage.RelayViews.Failure;
import org.nostrmonitor.storage.RelayViews.Item;
import org.nostrmonitor.storage.RelayViews.Overview;
import org.nostrmonitor.storage.Traits;

/** The overview as {@link ApiJson} wrote it, read again: from the cache, while PostgreSQL is away. */
final class OverviewJson {
    private static final double NANOS_PER_MILLI = 1e6;

    private OverviewJson() {}

    /** @throws IllegalArgumentException if it was not written by us */
    static Overview read(JsonObject json) {
        try {
            return overview(json);
        } catch (ClassCastException | NullPointerException | DateTimeException e) {
            throw new IllegalArgumentException("an overview with a missing or mistyped field", e);
        }
    }

    private static Overview overview(JsonObject json) {
        Map<RelayState, Integer> states = new EnumMap<>(RelayState.class);
        for (RelayState state : RelayState.values()) {
            states.put(state, json.getJsonObject("relays").getInteger(state.label()));
        }
        Map<Network, Integer> networks = new EnumMap<>(Network.class);
        for (Network network : Network.values()) {
            networks.put(network, json.getJsonObject("upByNetwork").getInteger(network.label()));
        }
        return new Overview(
                states,
                ms(json.getJsonObject("openMs"), "p50"),
                ms(json.getJsonObject("openMs"), "p95"),
                ms(json.getJsonObject("readMs"), "p50"),
                networks,
                list(json, "changes", OverviewJson::item),
                list(
                        json,
                        "failures",
                        one -> new Failure(
                                stage(one.getString("stage")),
                                Reason.ofLabel(one.getString("reason")),
                                one.getInteger("relays"))),
                list(json, "software", one -> new Count(one.getString("software"), one.getInteger("relays"))),
                list(json, "nips", one -> new Count(one.getString("nip"), one.getInteger("relays"))),
                time(json, "lastCheckedAt"),
                json.getInteger("aliases"),
                incidents(json.getJsonObject("incidents")));
    }

    /** A node of an earlier version left none. */
    private static @Nullable Ongoing incidents(@Nullable JsonObject json) {
        return json == null
                ? null
                : new Ongoing(
                        json.getInteger("down"),
                        json.getInteger("downLonger"),
                        json.getInteger("offlineFirst"),
                        json.getInteger("degraded"),
                        json.getInteger("back"),
                        list(json, "newest", OverviewJson::item),
                        list(json, "returned", OverviewJson::item));
    }

    private static <T> List<T> list(JsonObject json, String name, Function<JsonObject, T> one) {
        JsonArray array = json.getJsonArray(name);
        return array.stream().map(each -> one.apply((JsonObject) each)).toList();
    }

    private static Item item(JsonObject json) {
        String stage = json.getString("stage");
        String reason = json.getString("reason");
        return new Item(
                RelayUrl.of(json.getString("url")),
                constant(RelayState.values(), json.getString("state")),
                Instant.parse(json.getString("since")),
                time(json, "checkedAt"),
                stage == null ? null : stage(stage),
                reason == null ? null : Reason.ofLabel(reason),
                ms(json, "openMs"),
                ms(json, "readMs"),
                ms(json, "writeMs"),
                json.getBoolean("writable"),
                json.getString("name"),
                json.getString("software"),
                json.getString("strip"),
                spark(json.getJsonArray("openHoursMs", new JsonArray())),
                traits(json));
    }

    private static List<@Nullable Duration> spark(JsonArray hours) {
        List<@Nullable Duration> spark = new ArrayList<>();
        for (int i = 0; i < hours.size(); i++) {
            spark.add(duration(hours.getDouble(i)));
        }
        return spark;
    }

    private static Traits traits(JsonObject json) {
        return new Traits(
                time(json, "addedAt"),
                json.getString("country"),
                json.getLong("asn"),
                json.getBoolean("auth"),
                json.getBoolean("payment"),
                json.getBoolean("pow"),
                json.getBoolean("restricted"),
                new Traits.Shares(
                        json.getDouble("uptimeShareDay"),
                        json.getDouble("uptimeShare"),
                        json.getDouble("uptimeShareMonth")),
                json.getString("contact"),
                json.getJsonArray("nips").stream().map(Integer.class::cast).toList(),
                json.getJsonArray("tags").stream().map(String.class::cast).toList());
    }

    private static Stage stage(String label) {
        return constant(Stage.values(), label);
    }

    private static <T extends Enum<T>> T constant(T[] constants, String label) {
        for (T constant : constants) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(label)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("nothing is called " + label);
    }

    private static @Nullable Instant time(JsonObject json, String name) {
        String text = json.getString(name);
        return text == null ? null : Instant.parse(text);
    }

    private static @Nullable Duration ms(JsonObject json, String name) {
        return duration(json.getDouble(name));
    }

    private static @Nullable Duration duration(@Nullable Double ms) {
        return ms == null ? null : Duration.ofNanos(Math.round(ms * NANOS_PER_MILLI));
    }
}
