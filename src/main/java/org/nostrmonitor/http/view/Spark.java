package org.nostrmonitor.http.view;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The hours of a day as a small line, 72 by 16: from 0 to the larger of the highest and twice the median, so that noise stays
 * flat. An hour without a time is a gap.
 *
 * @param d the path
 */
public record Spark(String d) {
    private static final int WIDTH = 72;
    private static final int BOTTOM = 15;

    /** @return null if there is nothing to draw */
    static @Nullable Spark of(List<@Nullable Duration> hours) {
        List<Long> sorted = hours.stream()
                .filter(Objects::nonNull)
                .map(Duration::toNanos)
                .sorted()
                .toList();
        if (sorted.isEmpty()) {
            return null;
        }
        double top = Math.max(Math.max(sorted.get(sorted.size() - 1), 2.0 * sorted.get((sorted.size() - 1) / 2)), 1);
        StringBuilder d = new StringBuilder();
        boolean joined = false;
        for (int i = 0; i < hours.size(); i++) {
            Duration took = hours.get(i);
            if (took != null) {
                long x = Math.round((double) WIDTH * i / Math.max(1, hours.size() - 1));
                long y = Math.round(BOTTOM - (BOTTOM - 1) * took.toNanos() / top);
                boolean last = i + 1 == hours.size() || hours.get(i + 1) == null;
                d.append(joined ? 'L' : 'M').append(x).append(' ').append(y);
                // A single hour would be a line without a length, which is not drawn.
                d.append(!joined && last ? "h1" : "");
            }
            joined = took != null;
        }
        return new Spark(d.toString());
    }
}
