package org.nostrmonitor.storage;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.RelayViews.Uptime;
import org.nostrmonitor.storage.Sheet.Check;

/**
 * The checks of a relay over some days.
 *
 * @param byRegion by the number of the region
 * @param together when it was up, of all regions together
 */
record PastChecks(Map<Short, List<Check>> byRegion, Timeline together) {

    /**
     * Completes with what they add up to, off the event loop: they are thousands.
     *
     * @param region only this one, or null for all
     * @param first a day before it is read too: its last checks may still stand
     */
    static <T> Future<T> read(
            Database database,
            RelayUrl url,
            @Nullable String region,
            LocalDate first,
            LocalDate last,
            Function<PastChecks, T> sum) {
        LocalDate from = first.minusDays(Timeline.DAYS_BEFORE);
        return database.run(HistorySql.SHEETS, url.value(), from, last, region)
                .compose(rows -> database.elsewhere(() -> sum.apply(of(rows))));
    }

    private static PastChecks of(RowSet<Row> rows) {
        Map<Short, List<Check>> byRegion = new TreeMap<>();
        rows.forEach(row -> Sheet.read(
                row.getLocalDate("day"),
                row.getBuffer("checks"),
                byRegion.computeIfAbsent(row.getShort("region"), number -> new ArrayList<>())));
        return new PastChecks(byRegion, Timeline.of(byRegion.values()));
    }

    Stream<Check> all() {
        return byRegion.values().stream().flatMap(Collection::stream);
    }

    /** Of all regions together. */
    Uptime uptime(Instant from, Instant to) {
        return uptime(byRegion.values(), together, from, to);
    }

    Uptime uptime(short region, Instant from, Instant to) {
        List<List<Check>> one = List.of(byRegion.getOrDefault(region, List.of()));
        return uptime(one, Timeline.of(one), from, to);
    }

    private static Uptime uptime(Collection<List<Check>> regions, Timeline timeline, Instant from, Instant to) {
        int answered = 0;
        int made = 0;
        for (List<Check> region : regions) {
            for (Check check : region) {
                boolean counts = check.state() != RelayState.UNKNOWN
                        && check.second() >= from.getEpochSecond()
                        && check.second() < to.getEpochSecond();
                made += counts ? 1 : 0;
                answered += counts && check.state().isUp() ? 1 : 0;
            }
        }
        Timeline.Weighed weighed = timeline.within(from.getEpochSecond(), to.getEpochSecond());
        return new Uptime(answered, made, Duration.ofSeconds(weighed.up()), Duration.ofSeconds(weighed.known()));
    }
}
