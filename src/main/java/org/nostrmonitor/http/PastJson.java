package org.nostrmonitor.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.History.Checks;
import org.nostrmonitor.storage.History.Incident;
import org.nostrmonitor.storage.History.Incidents;
import org.nostrmonitor.storage.History.NetworkPoint;
import org.nostrmonitor.storage.History.Phase;
import org.nostrmonitor.storage.History.Point;
import org.nostrmonitor.storage.History.Times;
import org.nostrmonitor.storage.History.Up;
import org.nostrmonitor.storage.History.Uptimes;

/** What was, as {@code openapi.yaml} describes it. */
final class PastJson {
    /** Times of the past are true to 2.7 %: more digits would say more than is known. */
    private static final int DIGITS = 3;

    private static final double NANOS_PER_MILLI = 1e6;

    private PastJson() {}

    static JsonObject history(
            RelayUrl url, @Nullable String region, PastSpan span, List<Point> points, Set<Phase> phases) {
        return span(span)
                .put("url", url.value())
                .put("region", region)
                .put(
                        "items",
                        new JsonArray(points.stream()
                                .map(point -> point(point, phases))
                                .toList()));
    }

    private static JsonObject span(PastSpan span) {
        return new JsonObject()
                .put("resolution", span.label())
                .put("from", span.from().toString())
                .put("to", span.to().toString());
    }

    private static JsonObject point(Point point, Set<Phase> phases) {
        JsonObject times = new JsonObject();
        for (Phase phase : phases) {
            Times measured = point.times().get(phase);
            if (measured != null) {
                times.put(phase.name().toLowerCase(Locale.ROOT), times(measured));
            }
        }
        return up(new JsonObject().put("from", point.from().toString()), point.up(), point.known())
                .put("checks", checks(point.checks()))
                .put("times", times);
    }

    private static JsonObject checks(Checks checks) {
        return new JsonObject()
                .put("online", checks.online())
                .put("degraded", checks.degraded())
                .put("offline", checks.offline())
                .put("unknown", checks.unknown());
    }

    private static JsonObject times(Times times) {
        return new JsonObject()
                .put("count", times.count())
                .put("p50Ms", ms(times.p50()))
                .put("p95Ms", ms(times.p95()))
                .put("p99Ms", ms(times.p99()));
    }

    private static double ms(Duration time) {
        double ms = time.toNanos() / NANOS_PER_MILLI;
        if (ms <= 0) {
            return 0;
        }
        int digits = (int) Math.floor(Math.log10(ms)) + 1;
        // Powers of ten are whole on either side, so that a quotient is the number that was meant.
        return digits < DIGITS
                ? Math.round(ms * Math.pow(10, DIGITS - digits)) / Math.pow(10, DIGITS - digits)
                : Math.round(ms / Math.pow(10, digits - DIGITS)) * Math.pow(10, digits - DIGITS);
    }

    private static JsonObject up(JsonObject to, Duration up, Duration known) {
        return to.put("upSeconds", up.toSeconds()).put("knownSeconds", known.toSeconds());
    }

    static JsonObject incidents(Incidents page) {
        return new JsonObject()
                .put(
                        "items",
                        new JsonArray(page.incidents().stream()
                                .map(PastJson::incident)
                                .toList()))
                .put("next", page.next());
    }

    private static JsonObject incident(Incident incident) {
        return new JsonObject()
                .put("state", incident.state().label())
                .put("from", incident.from().toString())
                .put("to", ApiJson.text(incident.to()))
                .put("firstStage", ApiJson.label(incident.firstStage()))
                .put("firstReason", ApiJson.label(incident.firstReason()))
                .put("stage", ApiJson.label(incident.stage()))
                .put("reason", ApiJson.label(incident.reason()));
    }

    static JsonObject uptimes(RelayUrl url, Uptimes uptimes) {
        return new JsonObject()
                .put("url", url.value())
                .put("day", up(uptimes.day()))
                .put("week", up(uptimes.week()))
                .put("month", up(uptimes.month()))
                .put("year", up(uptimes.year()));
    }

    private static JsonObject up(Up up) {
        return up(new JsonObject(), up.up(), up.known());
    }

    static JsonObject network(PastSpan span, List<NetworkPoint> points) {
        return span(span)
                .put(
                        "items",
                        new JsonArray(
                                points.stream().map(PastJson::networkPoint).toList()));
    }

    private static JsonObject networkPoint(NetworkPoint point) {
        return new JsonObject()
                .put("from", point.from().toString())
                .put("takenAt", point.takenAt().toString())
                .put("online", point.online())
                .put("degraded", point.degraded())
                .put("offline", point.offline())
                .put("unknown", point.unknown());
    }
}
