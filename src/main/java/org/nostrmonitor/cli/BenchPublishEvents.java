package org.nostrmonitor.cli;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.nostrmonitor.nostr.EventSigner;
import org.nostrmonitor.nostr.EventTemplate;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Facts;
import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.Phases;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.ReportStore;
import org.nostrmonitor.storage.ReportStore.Finding;

/** Made-up results of made-up relays, each with a signed event of a usual size. */
final class BenchPublishEvents {
    private static final String DOCUMENT = "{\"description\":\"" + "what a relay says of itself ".repeat(22) + "\"}";
    private static final int KIND = 30166;

    private final EventSigner signer;
    private final List<RelayUrl> targets;
    private final Instant cycle = Instant.now().truncatedTo(ChronoUnit.MINUTES);

    BenchPublishEvents(EventSigner signer, List<RelayUrl> targets) {
        this.signer = signer;
        this.targets = targets;
    }

    static List<RelayUrl> relays(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> RelayUrl.of("wss://bench-%06d.example/".formatted(i)))
                .toList();
    }

    /** Completes when the results and events of these relays are committed. */
    Future<Void> store(ReportStore reports, List<RelayUrl> relays) {
        return Future.all(relays.stream()
                        .map(relay -> reports.store(finding(relay)))
                        .toList())
                .mapEmpty();
    }

    private Finding finding(RelayUrl relay) {
        Outcome passed = new Outcome.Passed();
        CheckReport report = new CheckReport(
                relay,
                "bench",
                cycle,
                cycle,
                null,
                Phases.NONE,
                passed,
                passed,
                passed,
                passed,
                null,
                Map.of(),
                Duration.ZERO,
                Set.of(),
                1,
                Facts.NONE);
        List<List<String>> tags =
                List.of(List.of("d", relay.value()), List.of("n", "clearnet"), List.of("rtt-open", "36"));
        return new Finding(
                report, known -> signer.sign(new EventTemplate(cycle.getEpochSecond(), KIND, tags, DOCUMENT)), targets);
    }
}
