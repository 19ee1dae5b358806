package org.nostrmonitor.wire;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.Phases;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.Stage;

/** A report as JSON: what {@code check --json} prints and the API shows as evidence. Times are milliseconds. */
public final class ReportJson {
    private static final double NANOS_PER_MILLI = 1e6;

    /** A day: more than any timeout, and sums of it fit. */
    private static final double MAX_MILLIS = 86_400_000;

    private ReportJson() {}

    /** All of it but the NIP-11 document, which is large and stored on its own. */
    public static JsonObject write(CheckReport report) {
        return new JsonObject()
                .put("relay", report.relay().value())
                .put("network", report.relay().network().label())
                .put("region", report.region())
                .put("cycle", report.cycle().toString())
                .put("checkedAt", report.checkedAt().toString())
                .put("state", report.state().label())
                .put("address", report.address())
                .put("rttMs", rtts(report))
                .put("phasesMs", phases(report.phases()))
                .put("open", outcome(report.open()))
                .put("read", outcome(report.read()))
                .put("write", outcome(report.write()))
                .put("nip11", outcome(report.nip11()))
                .put("observed", KnownJson.observed(report.observed()))
                .put("loopLagMs", millis(report.loopLag()))
                .put("withheld", stages(report.withheld()))
                .put("looks", report.looks())
                .put("facts", FactsJson.write(report.facts()));
    }

    /** The same with the NIP-11 document, as text under {@code document}. */
    public static JsonObject writeWhole(CheckReport report) {
        return write(report).put("document", report.document());
    }

    /** @throws IllegalArgumentException if it was not written by us; the message says what is wrong */
    public static CheckReport read(JsonObject json) {
        try {
            return report(json);
        } catch (ClassCastException | NullPointerException | DateTimeException e) {
            throw new IllegalArgumentException("a report with a missing or mistyped field: " + e.getMessage(), e);
        }
    }

    private static CheckReport report(JsonObject json) {
        return new CheckReport(
                RelayUrl.of(json.getString("relay")),
                Texts.of(json, "region"),
                Instant.parse(json.getString("cycle")),
                Instant.parse(json.getString("checkedAt")),
                json.getString("address"),
                phases(json.getJsonObject("phasesMs")),
                outcome(json.getJsonObject("open")),
                outcome(json.getJsonObject("read")),
                outcome(json.getJsonObject("write")),
                outcome(json.getJsonObject("nip11")),
                json.getString("document"),
                KnownJson.observed(json.getJsonObject("observed")),
                duration(json.getDouble("loopLagMs")),
                stages(json.getJsonArray("withheld")),
                json.getInteger("looks", 1),
                FactsJson.read(json.getJsonObject("facts")));
    }

    private static JsonObject rtts(CheckReport report) {
        JsonObject rtts = new JsonObject();
        putMillis(rtts, "open", report.rttOpen());
        putMillis(rtts, "read", report.rttRead());
        putMillis(rtts, "write", report.rttWrite());
        return rtts;
    }

    private static JsonObject phases(Phases phases) {
        JsonObject json = new JsonObject();
        for (Stage stage : Stage.values()) {
            putMillis(json, stage.label(), phases.of(stage));
        }
        return json;
    }

    private static Phases phases(JsonObject json) {
        Phases phases = Phases.NONE;
        for (Stage stage : Stage.values()) {
            Double millis = json.getDouble(stage.label());
            if (millis != null) {
                phases = phases.with(stage, duration(millis));
            }
        }
        return phases;
    }

    private static JsonObject outcome(Outcome outcome) {
        JsonObject json = new JsonObject();
        if (outcome instanceof Outcome.Passed) {
            json.put("result", "passed");
        } else if (outcome instanceof Outcome.Refused) {
            json.put("result", "refused");
        } else if (outcome instanceof Outcome.Failed failed) {
            json.put("result", "failed").put("stage", failed.stage().label());
        } else {
            json.put("result", "not_tested");
        }
        Reason reason = outcome.reason();
        if (reason != null) {
            json.put("reason", reason.label());
        }
        return outcome.evidence().isEmpty() ? json : json.put("evidence", outcome.evidence());
    }

    private static Outcome outcome(JsonObject json) {
        String evidence = Texts.orEmpty(json, "evidence");
        String result = Texts.of(json, "result");
        return switch (result) {
            case "passed" -> new Outcome.Passed(evidence);
            case "refused" -> new Outcome.Refused(reason(json), evidence);
            case "failed" -> new Outcome.Failed(stage(json.getString("stage")), reason(json), evidence);
            case "not_tested" -> new Outcome.NotTested(reason(json), evidence);
            default -> throw new IllegalArgumentException("no outcome is called " + result);
        };
    }

    private static Reason reason(JsonObject json) {
        return Reason.ofLabel(json.getString("reason"));
    }

    private static Stage stage(String label) {
        return Stage.valueOf(label.toUpperCase(java.util.Locale.ROOT));
    }

    private static JsonArray stages(Set<Stage> stages) {
        return new JsonArray(stages.stream().sorted().map(Stage::label).toList());
    }

    private static Set<Stage> stages(@Nullable JsonArray labels) {
        return labels == null
                ? Set.of()
                : labels.stream().map(label -> stage((String) label)).collect(Collectors.toUnmodifiableSet());
    }

    private static void putMillis(JsonObject json, String key, @Nullable Duration duration) {
        if (duration != null) {
            json.put(key, millis(duration));
        }
    }

    /** Milliseconds with three decimals. */
    private static double millis(Duration duration) {
        return Math.round(duration.toNanos() / 1e3) / 1e3;
    }

    private static Duration duration(double millis) {
        if (!(millis >= 0 && millis <= MAX_MILLIS)) {
            throw new IllegalArgumentException("no probe took " + millis + " ms");
        }
        return Duration.ofNanos(Math.round(millis * NANOS_PER_MILLI));
    }
}
