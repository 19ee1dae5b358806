package org.nostrmonitor.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nostrmonitor.relay.Capability;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.CheckType;
import org.nostrmonitor.relay.Facts;
import org.nostrmonitor.relay.Known;
import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.Phases;
import org.nostrmonitor.relay.Place;
import org.nostrmonitor.relay.Printable;
import org.nostrmonitor.relay.Priority;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayListReader;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.Requirement;
import org.nostrmonitor.relay.Stage;
import org.nostrmonitor.relay.TlsSession;
import org.nostrmonitor.wire.JobJson;
import org.nostrmonitor.wire.KnownJson;
import org.nostrmonitor.wire.ReportJson;

/** What comes back from Redis and PostgreSQL, and lists of relays. What was read and written is read the same again. */
final class WireTargets {
    private static final Instant CYCLE = Instant.parse("2026-11-22T12:00:00Z");
    private static final RelayUrl RELAY = RelayUrl.of("wss://relay.example/Path?q=1");

    private WireTargets() {}

    static List<Target> all() {
        return List.of(
                Target.ofText(
                        "job",
                        List.of(JobJson.write(job()).encode()),
                        WireTargets::job,
                        IllegalArgumentException.class,
                        DecodeException.class),
                Target.ofText(
                        "report",
                        List.of(ReportJson.writeWhole(report()).encode()),
                        WireTargets::report,
                        IllegalArgumentException.class,
                        DecodeException.class),
                Target.ofText(
                        "known",
                        List.of(KnownJson.write(known()).encode()),
                        WireTargets::known,
                        IllegalArgumentException.class,
                        DecodeException.class),
                Target.ofText(
                        "relay list",
                        List.of(
                                "wss://a.example\n# no\n\nwss://b.example/x?y#z\r\nws://[::1]:8080\nwss://bücher.example"),
                        WireTargets::list));
    }

    private static CheckJob job() {
        return new CheckJob(
                RELAY,
                "eu",
                CYCLE,
                Set.of(CheckType.OPEN, CheckType.NIP11),
                Map.of(CheckType.OPEN, Duration.ofSeconds(10), CheckType.NIP11, Duration.ofMillis(2500)),
                "ab".repeat(32),
                List.of(RelayUrl.of("wss://target.example/")),
                Priority.CONFIRMING,
                2);
    }

    private static CheckReport report() {
        return new CheckReport(
                RELAY,
                "eu",
                CYCLE,
                CYCLE.plusMillis(1234),
                "192.0.2.7",
                Phases.NONE.with(Stage.DNS, Duration.ofNanos(4_321_000)).with(Stage.TCP, Duration.ofMillis(20)),
                new Outcome.Passed(),
                new Outcome.Passed("[\"EOSE\",\"x\"]"),
                new Outcome.Refused(Reason.RESTRICTED, "restricted: members only"),
                new Outcome.Failed(Stage.NIP11, Reason.HTTP_STATUS, "404"),
                "{\"name\":\"x\"}",
                Map.of(Requirement.WRITES, true, Requirement.AUTH, false),
                Duration.ofMillis(3),
                Set.of(Stage.DNS),
                2,
                new Facts(
                        List.of("192.0.2.7", "2001:db8::1"),
                        new TlsSession(
                                "TLSv1.3",
                                "TLS_AES_128_GCM_SHA256",
                                List.of(new TlsSession.Certificate(
                                        "CN=a",
                                        "CN=b",
                                        List.of("a.example"),
                                        CYCLE,
                                        CYCLE.plusSeconds(9),
                                        "ab".repeat(32)))),
                        new Place("DE", "Berlin", "u33d", 64_496L, "Example", false),
                        known().capabilities(),
                        known().limits()));
    }

    private static Known known() {
        return new Known(
                Map.of(Requirement.POW, true),
                Map.of(45, new Capability(Capability.Finding.REFUTED, "no")),
                Map.of("min_pow_difficulty", 20));
    }

    private static void job(String json) {
        CheckJob job = JobJson.read(new JsonObject(json));
        assertThat(JobJson.read(new JsonObject(JobJson.write(job).encode()))).isEqualTo(job);
    }

    /** Times have three decimals, so the first writing may round, and the second does not. */
    private static void report(String json) {
        CheckReport read = ReportJson.read(new JsonObject(json));
        JsonObject written = ReportJson.writeWhole(read);
        assertThat(ReportJson.writeWhole(ReportJson.read(new JsonObject(written.encode()))))
                .isEqualTo(written);
    }

    private static void known(String json) {
        Known known = KnownJson.read(new JsonObject(json));
        assertThat(KnownJson.read(new JsonObject(KnownJson.write(known).encode())))
                .isEqualTo(known);
    }

    private static void list(String text) throws IOException {
        RelayListReader reader = new RelayListReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        for (RelayListReader.Line line = reader.next(); line != null; line = reader.next()) {
            if (line instanceof RelayListReader.Accepted accepted) {
                assertThat(RelayUrl.of(accepted.relay().value())).isEqualTo(accepted.relay());
            } else if (line instanceof RelayListReader.Rejected rejected) {
                String said = rejected.text() + rejected.why();
                assertThat(Printable.of(said, said.length())).isEqualTo(said);
            }
        }
    }
}
