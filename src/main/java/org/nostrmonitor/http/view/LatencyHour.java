package org.nostrmonitor.http.view;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.storage.RelayViews.Result;

/**
 * The checks of one hour.
 *
 * @param open the median, milliseconds, or null if none has a time
 */
public record LatencyHour(
        When from,
        int checks,
        int answered,
        @Nullable String open,
        @Nullable String read) {

    static List<LatencyHour> of(List<Result> results, Instant now) {
        Map<Instant, List<Result>> hours = results.stream()
                .collect(Collectors.groupingBy(
                        r -> r.checkedAt().truncatedTo(ChronoUnit.HOURS), TreeMap::new, Collectors.toList()));
        List<LatencyHour> rows = new ArrayList<>();
        hours.forEach((hour, checks) -> rows.add(new LatencyHour(
                When.of(hour, now),
                checks.size(),
                (int) checks.stream().filter(r -> r.state().isUp()).count(),
                median(checks, Result::open),
                median(checks, Result::read))));
        return rows;
    }

    private static @Nullable String median(List<Result> checks, Function<Result, @Nullable Duration> value) {
        List<Duration> sorted =
                checks.stream().map(value).filter(Objects::nonNull).sorted().toList();
        return sorted.isEmpty() ? null : Numbers.ms(sorted.get((sorted.size() - 1) / 2));
    }
}
