package org.nostrmonitor.publish;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.relay.OneLook;
import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.Phases;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.ReportStore;
import org.nostrmonitor.storage.ReportStore.Finding;
import org.nostrmonitor.testing.Await;

/** Discovery events stored with their results, the way a worker does; later ones supersede earlier ones of their relay. */
final class StoredEvents {
    private static final Outcome PASSED = new Outcome.Passed();

    private final ReportStore reports;
    private final List<RelayUrl> targets;
    private final Instant tick = Instant.now().truncatedTo(ChronoUnit.HOURS);
    private final Map<Integer, String> latest = new HashMap<>();
    private int made;

    StoredEvents(ReportStore reports, List<RelayUrl> targets) {
        this.reports = reports;
        this.targets = targets;
    }

    static List<RelayUrl> relays(int count) {
        return IntStream.range(0, count).mapToObj(StoredEvents::relay).toList();
    }

    private static RelayUrl relay(int number) {
        return RelayUrl.of("wss://r%05d.example/".formatted(number));
    }

    /** Of the relays from one number up to another. Returns when they are committed. */
    void store(int from, int to) {
        List<Future<ReportStore.Stored>> stored =
                IntStream.range(from, to).mapToObj(this::store).toList();
        Await.await(Future.all(stored));
    }

    private Future<ReportStore.Stored> store(int relay) {
        made++;
        NostrEvent event = new NostrEvent(
                "%064x".formatted(made),
                "ab".repeat(32),
                tick.getEpochSecond() + made,
                30166,
                List.of(List.of("d", relay(relay).value()), List.of("n", "clearnet"), List.of("rtt-open", "36")),
                "{}",
                "cd".repeat(64));
        latest.put(relay, event.id());
        Instant cycle = tick.plusSeconds(made);
        Finding finding = new Finding(
                OneLook.report(
                        relay(relay),
                        "local",
                        cycle,
                        cycle,
                        null,
                        Phases.NONE,
                        PASSED,
                        PASSED,
                        PASSED,
                        PASSED,
                        null,
                        Map.of(),
                        Duration.ZERO),
                known -> event,
                targets);
        return reports.store(finding).onSuccess(done -> {
            if (!done.eventStored()) {
                throw new AssertionError("not stored: " + event);
            }
        });
    }

    int made() {
        return made;
    }

    /** The ids of the newest event of each relay. */
    Set<String> latest() {
        return new HashSet<>(latest.values());
    }
}
