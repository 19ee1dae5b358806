package org.nostrmonitor.storage;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.RelayViews.Uptime;
import org.nostrmonitor.storage.Sheet.Check;

/** The checks of a relay over some days, by the number of the region. */
record PastChecks(Map<Short, List<Check>> byRegion) {

    /**
     * @param region only this one, or null for all
     * @param first a day before it is read too: its last checks may still stand
     */
    static Future<PastChecks> read(
            Database database, RelayUrl url, @Nullable String region, LocalDate first, LocalDate last) {
        LocalDate from = first.minusDays(Timeline.DAYS_BEFORE);
        return database.run(HistorySql.SHEETS, url.value(), from, last, region).map(rows -> {
            Map<Short, List<Check>> byRegion = new TreeMap<>();
            rows.forEach(row -> Sheet.read(
                    row.getLocalDate("day"),
                    row.getBuffer("checks"),
                    byRegion.computeIfAbsent(row.getShort("region"), number -> new ArrayList<>())));
            return new PastChecks(byRegion);
        });
    }

    Stream<Check> all() {
        return byRegion.values().stream().flatMap(Collection::stream);
    }

    Timeline together() {
        return Timeline.of(byRegion.values());
    }

    /** Of all regions together. */
    Uptime uptime(Instant from, Instant to) {
        return uptime(byRegion.values(), from, to);
    }

    Uptime uptime(short region, Instant from, Instant to) {
        return uptime(List.of(byRegion.getOrDefault(region, List.of())), from, to);
    }

    private static Uptime uptime(Collection<List<Check>> regions, Instant from, Instant to) {
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
        Timeline.Weighed weighed = Timeline.of(regions).within(from.getEpochSecond(), to.getEpochSecond());
        return new Uptime(answered, made, Duration.ofSeconds(weighed.up()), Duration.ofSeconds(weighed.known()));
    }
}
