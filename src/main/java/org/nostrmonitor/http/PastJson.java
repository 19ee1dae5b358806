package org.nostrmonitor.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.History.Incident;
import org.nostrmonitor.storage.History.Incidents;
import org.nostrmonitor.storage.History.NetworkPoint;
import org.nostrmonitor.storage.History.Up;
import org.nostrmonitor.storage.History.Uptimes;

/** What was, as {@code openapi.yaml} describes it; see also {@link HistoryJson}. */
final class PastJson {
    private PastJson() {}

    private static JsonObject span(PastSpan span) {
        return new JsonObject()
                .put("resolution", span.label())
                .put("from", span.from().toString())
                .put("to", span.to().toString());
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
