package org.nostrmonitor.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.Phases;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.Requirement;
import org.nostrmonitor.relay.Stage;

class ReportJsonTest {
    private static final Instant CYCLE = Instant.parse("2026-11-22T12:00:00Z");

    private static CheckReport healthy() {
        return new CheckReport(
                RelayUrl.of("wss://relay.example/"),
                "eu",
                CYCLE,
                CYCLE.plusMillis(1234),
                "192.0.2.7",
                Phases.NONE
                        .with(Stage.DNS, Duration.ofNanos(4_321_000))
                        .with(Stage.TCP, Duration.ofMillis(20))
                        .with(Stage.TLS, Duration.ofMillis(30))
                        .with(Stage.UPGRADE, Duration.ofMillis(40))
                        .with(Stage.READ, Duration.ofMillis(50)),
                new Outcome.Passed(),
                new Outcome.Passed("[\"EOSE\",\"x\"]"),
                new Outcome.Refused(Reason.RESTRICTED, "restricted: members only"),
                new Outcome.Failed(Stage.NIP11, Reason.HTTP_STATUS, "404"),
                "{\"name\":\"x\"}",
                Map.of(Requirement.WRITES, true, Requirement.AUTH, false),
                Duration.ofMillis(3));
    }

    @Test
    void readsWhatItWrote() {
        CheckReport report = healthy();

        assertThat(ReportJson.read(new JsonObject(ReportJson.writeWhole(report).encode())))
                .isEqualTo(report);
    }

    @Test
    void leavesTheDocumentOutUnlessAskedFor() {
        assertThat(ReportJson.write(healthy()).containsKey("document")).isFalse();
    }

    @Test
    void excludesTheLookUpFromTheRoundTripOfOpening() {
        assertThat(ReportJson.write(healthy()).getJsonObject("rttMs").getDouble("open"))
                .isEqualTo(90.0);
    }

    @Test
    void printsNoNumberThatWasNotMeasured() {
        JsonObject rtts = ReportJson.write(healthy()).getJsonObject("rttMs");

        assertThat(rtts.containsKey("write")).isFalse();
        assertThat(ReportJson.write(healthy()).getJsonObject("phasesMs").containsKey("write"))
                .isFalse();
    }

    @Test
    void refusesAReportWithAFieldMissingOrMistyped() {
        for (String field :
                List.of("relay", "region", "cycle", "checkedAt", "phasesMs", "open", "read", "observed", "loopLagMs")) {
            JsonObject without = ReportJson.write(healthy());
            without.remove(field);
            assertRefused(without);
            Object mistyped = field.equals("region") ? null : new JsonArray().add(1);
            assertRefused(ReportJson.write(healthy()).put(field, mistyped));
        }
    }

    @Test
    void refusesTimesThatNoProbeTook() {
        for (double millis : new double[] {-1, 1e9, Double.MAX_VALUE, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertRefused(ReportJson.write(healthy()).put("loopLagMs", millis));
            assertRefused(ReportJson.write(healthy()).put("phasesMs", new JsonObject().put("tcp", millis)));
        }
        assertRefused(ReportJson.write(healthy()).put("cycle", "+9999999999-01-01T00:00:00Z"));
    }

    @Test
    void refusesNullWhereATextHasToBe() {
        JsonObject noFinding = new JsonObject()
                .put("45", new JsonObject().put("finding", "refuted").putNull("seen"));
        assertRefused(ReportJson.write(healthy()).put("facts", new JsonObject().put("capabilities", noFinding)));
        assertRefused(ReportJson.write(healthy())
                .put("open", new JsonObject().put("result", "passed").putNull("evidence")));
    }

    private static void assertRefused(JsonObject report) {
        assertThatThrownBy(() -> ReportJson.read(report))
                .as(report.encode())
                .isInstanceOf(IllegalArgumentException.class);
    }
}
