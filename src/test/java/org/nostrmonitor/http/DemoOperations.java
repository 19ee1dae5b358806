package org.nostrmonitor.http;

import io.vertx.core.Future;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.CycleRepository;
import org.nostrmonitor.storage.LastWord;
import org.nostrmonitor.storage.Outbox;
import org.nostrmonitor.storage.Published;
import org.nostrmonitor.storage.Published.Delivery;
import org.nostrmonitor.storage.RunLog;

/** Cycles and outbox of a monitor that is at work. PostgreSQL can be told to be away. */
final class DemoOperations implements CycleRepository, Outbox, RunLog {
    static final int PLANNED = 60;
    private final InstantSource clock;
    volatile boolean away;
    volatile boolean empty;
    /** Whether the newest cycle was not begun. */
    volatile boolean missed;

    volatile String said = "<b>not</b> on the list";
    volatile boolean maintained = true;
    volatile String why = "its deadline passed with 12 jobs left";

    DemoOperations(InstantSource clock) {
        this.clock = clock;
    }

    private static <T> Future<T> readOnly() {
        return Future.failedFuture(new UnsupportedOperationException("pages only read"));
    }

    private <T> Future<T> stored(T value) {
        return away ? Future.failedFuture(new ConnectException("secret-host refused")) : Future.succeededFuture(value);
    }

    @Override
    public Future<List<Cycle>> latest(int most) {
        Instant tick = DemoRelay.cycle(clock.instant());
        return stored(
                empty
                        ? List.of()
                        : IntStream.range(0, 12)
                                .boxed()
                                .flatMap(i -> DemoRelay.REGIONS.stream()
                                        .map(region -> cycle(tick.minus(Duration.ofMinutes(15L * i)), region, i)))
                                .limit(most)
                                .toList());
    }

    private Cycle cycle(Instant tick, String region, int age) {
        boolean none = age == 0 && missed;
        String state = none || age == 7 ? "missed" : age == 0 ? "running" : "complete";
        Instant end = state.equals("complete") ? tick.plusSeconds(260 + age) : null;
        String reason = state.equals("missed") ? why : null;
        return new Cycle(
                tick, region, state, none ? 0 : PLANNED, tick.plusSeconds(840), tick.plusSeconds(1), end, reason);
    }

    @Override
    public Future<Void> add(Run run) {
        return readOnly();
    }

    @Override
    public Future<List<Run>> recent(int most) {
        return newest();
    }

    @Override
    public Future<List<Run>> newest() {
        Instant now = clock.instant();
        return stored(
                empty
                        ? List.of()
                        : List.of(
                                new Run(
                                        "announce",
                                        now.minusSeconds(50_000),
                                        Duration.ofMillis(41),
                                        true,
                                        "announced kinds [0]"),
                                new Run(
                                        "maintenance",
                                        now.minusSeconds(48_000),
                                        Duration.ofSeconds(4),
                                        maintained,
                                        "1 partitions made, partitions for 8 days, 0 weeks rolled up, "
                                                + (maintained ? "1 days dropped" : "drop_partitions failed: " + why)),
                                new Run(
                                        "statistics",
                                        now.minusSeconds(1_800),
                                        Duration.ofMillis(820),
                                        true,
                                        "partitions for 8 days, statistics refreshed")));
    }

    @Override
    public Future<Map<String, Integer>> depth() {
        return stored(Map.of("wss://relay.publisher-one.example/", 0, "wss://target-five.example/", 1204));
    }

    @Override
    public Future<List<NostrEvent>> discoveries(RelayUrl relay) {
        return Future.succeededFuture(
                relay.equals(DemoData.NEW)
                        ? List.of()
                        : List.of(new NostrEvent(
                                "b0".repeat(32),
                                "da".repeat(32),
                                clock.instant().getEpochSecond() - 300,
                                30166,
                                List.of(
                                        List.of("d", relay.value()),
                                        List.of("n", "clearnet"),
                                        List.of("rtt-open", "36")),
                                "{\"name\":\"</code><script>alert(1)</script>\"}",
                                "e8".repeat(64))));
    }

    @Override
    public Future<Boolean> begin(long term, Instant cycle, String region, Instant deadline) {
        return readOnly();
    }

    @Override
    public Future<Boolean> planned(long term, Instant cycle, String region, int jobs) {
        return readOnly();
    }

    @Override
    public Future<Boolean> complete(long term, Instant cycle, String region, @Nullable String why) {
        return readOnly();
    }

    @Override
    public Future<Boolean> miss(long term, Instant cycle, String region, String why) {
        return readOnly();
    }

    @Override
    public Future<Integer> recordMissed(long term, String region, List<Missed> ticks) {
        return readOnly();
    }

    @Override
    public Future<Integer> stored(Instant cycle, String region) {
        return Future.succeededFuture(PLANNED);
    }

    @Override
    public Future<List<Cycle>> unfinished(String region) {
        return latest(region, 1);
    }

    @Override
    public Future<List<Cycle>> latest(String region, int most) {
        return latest(Integer.MAX_VALUE)
                .map(all -> all.stream()
                        .filter(cycle -> cycle.region().equals(region))
                        .limit(most)
                        .toList());
    }

    @Override
    public Future<Optional<Instant>> newest(String region, Instant upTo) {
        return latest(region, 1).map(latest -> latest.stream().map(Cycle::cycle).findFirst());
    }

    @Override
    public Future<Set<String>> regions(Instant now) {
        return Future.succeededFuture(Set.copyOf(DemoRelay.REGIONS));
    }

    @Override
    public Future<List<String>> pendingIds(RelayUrl target, int most, Collection<String> exceptIds) {
        return readOnly();
    }

    @Override
    public Future<List<NostrEvent>> pending(RelayUrl target, List<String> ids) {
        return readOnly();
    }

    @Override
    public Future<Void> settled(RelayUrl target, Collection<LastWord> words) {
        return readOnly();
    }

    @Override
    public Future<Boolean> announce(NostrEvent event, List<RelayUrl> targets) {
        return readOnly();
    }

    @Override
    public Future<List<NostrEvent>> announcements(String pubkey) {
        return readOnly();
    }

    @Override
    public Future<Boolean> retract(NostrEvent request, List<RelayUrl> targets) {
        return Future.succeededFuture(true);
    }

    @Override
    public Future<List<Published>> deliveries(RelayUrl relay) {
        Instant at = clock.instant().minusSeconds(298);
        RelayUrl silent = RelayUrl.of("wss://target-five.example/");
        return discoveries(relay)
                .map(events -> events.stream()
                        .map(event -> new Published(event, at, List.of(silent), deliveries(at)))
                        .toList());
    }

    private Map<RelayUrl, Delivery> deliveries(Instant at) {
        return Map.of(
                RelayUrl.of("wss://relay.publisher-one.example/"),
                new Delivery("accepted", at.plusSeconds(1), ""),
                RelayUrl.of("wss://relay.publisher-two.example/"),
                new Delivery("duplicate", at.plusSeconds(2), "duplicate: have it"),
                RelayUrl.of("wss://strict.example/"),
                new Delivery("blocked", at.plusSeconds(3), "blocked: " + said));
    }
}
