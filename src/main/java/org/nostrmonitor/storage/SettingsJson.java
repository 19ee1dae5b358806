package org.nostrmonitor.storage;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.relay.CheckType;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.SharedSettings.Shared;

/** The shared settings as JSON, with the keys of the config file. */
final class SettingsJson {
    private static final String SCHEDULE = "schedule";
    private static final String CHECKS = "checks";
    private static final String PUBLISH = "publish";
    private static final String RATE_LIMITS = "rateLimits";
    private static final String RETENTION = "retention";

    private SettingsJson() {}

    static Map<String, JsonObject> write(Shared shared) {
        JsonObject checks = new JsonObject();
        for (CheckType type : CheckType.values()) {
            checks.put(type.label(), write(shared.checks().of(type)));
        }
        List<String> relays =
                shared.publish().relays().stream().map(RelayUrl::value).toList();
        return Map.of(
                SCHEDULE,
                        new JsonObject()
                                .put("cron", shared.schedule().cron())
                                .put(
                                        "longestBackOffSeconds",
                                        shared.schedule().longestBackOff().toSeconds()),
                CHECKS, checks,
                PUBLISH, new JsonObject().put("relays", new JsonArray(relays)),
                RATE_LIMITS, write(shared.rateLimits()),
                RETENTION, write(shared.retention()));
    }

    private static JsonObject write(MonitorConfig.Retention retention) {
        return new JsonObject()
                .put("resultDays", retention.resultDays())
                .put("hourlyDays", retention.hourlyDays())
                .put("dailyDays", retention.dailyDays());
    }

    private static JsonObject write(MonitorConfig.Check check) {
        return new JsonObject()
                .put("enabled", check.enabled())
                .put("timeoutMs", check.timeout().toMillis())
                .put("everySeconds", check.every().toSeconds());
    }

    /** @throws IllegalStateException if a stored value is not one of ours, naming its key */
    static Shared read(Map<String, JsonObject> stored, Shared otherwise) {
        return new Shared(
                read(stored, SCHEDULE, otherwise.schedule(), json -> schedule(json, otherwise)),
                read(stored, CHECKS, otherwise.checks(), SettingsJson::checks),
                read(stored, PUBLISH, otherwise.publish(), SettingsJson::publish),
                read(stored, RATE_LIMITS, otherwise.rateLimits(), SettingsJson::rateLimits),
                read(stored, RETENTION, otherwise.retention(), json -> retention(json, otherwise.retention())));
    }

    /** An older version knew of the results only. */
    private static MonitorConfig.Retention retention(JsonObject json, MonitorConfig.Retention otherwise) {
        return new MonitorConfig.Retention(
                json.getInteger("resultDays"),
                json.getInteger("hourlyDays", otherwise.hourlyDays()),
                json.getInteger("dailyDays", otherwise.dailyDays()));
    }

    private static <T> T read(
            Map<String, JsonObject> stored, String key, T otherwise, Function<JsonObject, T> reading) {
        JsonObject json = stored.get(key);
        if (json == null) {
            return otherwise;
        }
        try {
            return reading.apply(json);
        } catch (ClassCastException | NullPointerException | IllegalArgumentException e) {
            throw broken(key, e);
        }
    }

    static JsonObject object(String key, String value) {
        try {
            return new JsonObject(value);
        } catch (DecodeException e) {
            throw broken(key, e);
        }
    }

    private static IllegalStateException broken(String key, RuntimeException e) {
        return new IllegalStateException("monitor_config." + key + " cannot be read: " + e.getMessage(), e);
    }

    private static MonitorConfig.Checks checks(JsonObject json) {
        return new MonitorConfig.Checks(
                check(json, CheckType.OPEN),
                check(json, CheckType.READ),
                check(json, CheckType.WRITE),
                check(json, CheckType.NIP11),
                json.containsKey(CheckType.CAPABILITIES.label())
                        ? check(json, CheckType.CAPABILITIES)
                        : MonitorConfig.DEFAULT.checks().capabilities());
    }

    private static MonitorConfig.Check check(JsonObject checks, CheckType type) {
        JsonObject json = checks.getJsonObject(type.label());
        return new MonitorConfig.Check(
                json.getBoolean("enabled"),
                Duration.ofMillis(json.getLong("timeoutMs")),
                Duration.ofSeconds(json.getLong("everySeconds")));
    }

    /** What was stored by a version that did not know the bound has the bound of this node's file. */
    private static MonitorConfig.Schedule schedule(JsonObject json, Shared otherwise) {
        long bound = json.getLong(
                "longestBackOffSeconds", otherwise.schedule().longestBackOff().toSeconds());
        return new MonitorConfig.Schedule(text(json, "cron"), Duration.ofSeconds(bound));
    }

    private static JsonObject write(MonitorConfig.RateLimits limits) {
        return new JsonObject()
                .put("perHost", limits.perHost())
                .put("perAddress", limits.perAddress())
                .put("perNetwork", limits.perNetwork())
                .put("global", limits.global())
                .put("urlsPerHost", limits.urlsPerHost());
    }

    private static MonitorConfig.RateLimits rateLimits(JsonObject json) {
        return new MonitorConfig.RateLimits(
                json.getDouble("perHost"),
                json.getDouble("perAddress"),
                json.getDouble("perNetwork"),
                json.getDouble("global"),
                json.getInteger("urlsPerHost"));
    }

    private static MonitorConfig.Publish publish(JsonObject json) {
        return new MonitorConfig.Publish(json.getJsonArray("relays").stream()
                .map(url -> RelayUrl.of((String) url))
                .toList());
    }

    private static String text(JsonObject json, String key) {
        String text = json.getString(key);
        if (text == null) {
            throw new IllegalArgumentException(key + " is missing");
        }
        return text;
    }
}
