package org.nostrmonitor.storage;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.nostrmonitor.nostr.EventJson;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Facts;
import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.Phases;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.Stage;
import org.nostrmonitor.storage.ReportStore.Finding;
import org.nostrmonitor.wire.ReportJson;

/** What probes of the relays of {@link BenchData} would find. Signatures are none: making them is not what is measured. */
final class BenchReports {
    private static final int ID_BYTES = 32;

    private final Random random = new Random(1);

    /** In SQL, between apostrophes. */
    static String json(Instant cycle) {
        return ReportJson.write(report(1, "region-1", cycle, 50)).encode().replace("'", "''");
    }

    static String event() {
        return EventJson.write(event("00".repeat(ID_BYTES), 1_700_000_000)).replace("'", "''");
    }

    private static NostrEvent event(String id, long createdAt) {
        List<List<String>> tags = List.of(
                List.of("d", "wss://relay.example/"),
                List.of("n", "clearnet"),
                List.of("rtt-open", "150"),
                List.of("rtt-read", "50"),
                List.of("N", "1"),
                List.of("N", "11"),
                List.of("R", "!auth"));
        return new NostrEvent(
                id, "ab".repeat(ID_BYTES), createdAt, 30_166, tags, "x".repeat(800), "cd".repeat(2 * ID_BYTES));
    }

    /** Three of ten are up; one of a hundred of those that are up fails. */
    Finding finding(int relay, String region, Instant cycle) {
        boolean up = relay % 10 < 3 && random.nextInt(100) > 0;
        if (!up) {
            return new Finding(down(relay, region, cycle), null, List.of());
        }
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        NostrEvent event = event(HexFormat.of().formatHex(id), cycle.getEpochSecond());
        return new Finding(report(relay, region, cycle, 20 + random.nextInt(200)), known -> event, List.of());
    }

    private static CheckReport down(int relay, String region, Instant cycle) {
        Outcome refused = new Outcome.Failed(Stage.TCP, Reason.TCP_REFUSED, "");
        Outcome later = new Outcome.NotTested(Reason.NOT_REACHED);
        Phases phases = Phases.NONE.with(Stage.DNS, Duration.ofMillis(9)).with(Stage.TCP, Duration.ofMillis(30));
        return report(relay, region, cycle, phases, refused, later);
    }

    private static CheckReport report(int relay, String region, Instant cycle, int millis) {
        Phases phases = Phases.NONE;
        for (Stage stage : List.of(Stage.DNS, Stage.TCP, Stage.TLS, Stage.UPGRADE, Stage.READ, Stage.NIP11)) {
            phases = phases.with(stage, Duration.ofMillis(millis + stage.code()));
        }
        return report(relay, region, cycle, phases, new Outcome.Passed(), new Outcome.Passed("[\"EOSE\",\"x\"]"));
    }

    private static CheckReport report(
            int relay, String region, Instant cycle, Phases phases, Outcome open, Outcome read) {
        return new CheckReport(
                RelayUrl.of(BenchSize.url(relay)),
                region,
                cycle,
                cycle.plusSeconds(3),
                "192.0.2." + relay % 250,
                phases,
                open,
                read,
                new Outcome.NotTested(Reason.NOT_DUE),
                read,
                open.passed() ? "{\"name\":\"Relay " + relay % 500 + "\"}" : null,
                Map.of(),
                Duration.ofMillis(1),
                Set.of(),
                1,
                Facts.NONE);
    }
}
