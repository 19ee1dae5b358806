package org.nostrmonitor.http.view;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.storage.History.NetworkPoint;
import org.nostrmonitor.storage.History.Resolution;
import org.nostrmonitor.storage.Statistics.Shape;

/**
 * What the overview needs beside the overview.
 *
 * @param from the start of the first hour or day of the range
 * @param states how many relays were in each state, or null if that cannot be read now
 * @param shape null if nobody has counted, or if it cannot be read now
 */
public record NetworkParts(
        Range range,
        Instant from,
        Instant to,
        Resolution resolution,
        @Nullable List<NetworkPoint> states,
        @Nullable Shape shape) {
    public static final List<Range> RANGES = List.of(Range.DAY, Range.WEEK, Range.MONTH, Range.YEAR);

    private static final Duration NEARLY = Duration.ofHours(2);

    /** The count of a week ago, give or take two hours; null if that is not known, or if another range is shown. */
    @Nullable
    NetworkPoint aWeekAgo() {
        if (range != Range.WEEK || states == null || states.isEmpty()) {
            return null;
        }
        NetworkPoint first = states.get(0);
        return first.from().isAfter(from.plus(NEARLY)) ? null : first;
    }
}
