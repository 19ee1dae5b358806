package org.nostrmonitor.http.view;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the newest cycle is.
 *
 * @param cycle its tick
 * @param regions the newest cycle of each region, by name
 */
public record CycleNow(Instant cycle, List<Region> regions) {
    private static final int FEWEST_DONE_FOR_AN_ESTIMATE = 20;
    private static final Duration LEAST_TIME_FOR_AN_ESTIMATE = Duration.ofSeconds(10);

    public CycleNow {
        regions = List.copyOf(regions);
    }

    /**
     * One region's cycle.
     *
     * @param state {@code planning running complete missed}
     * @param done null if that is not known now
     */
    public record Region(
            String name,
            Instant cycle,
            String state,
            int planned,
            @Nullable Integer done,
            Instant startedAt,
            Instant deadline,
            @Nullable Instant completedAt,
            @Nullable String why) {
        boolean running() {
            return state.equals("running");
        }
    }

    public int planned() {
        return regions.stream().mapToInt(Region::planned).sum();
    }

    /** Null if that is not known of every region. */
    public @Nullable Integer done() {
        int sum = 0;
        for (Region region : regions) {
            Integer done = region.done;
            if (done == null) {
                return null;
            }
            sum += done;
        }
        return sum;
    }

    /** What is happening, in a few words: "4 min left", "complete at 16:41". Nothing is promised that is not measured. */
    public String tail(Instant now) {
        if (regions.stream().anyMatch(region -> region.state.equals("planning"))) {
            return "being planned";
        }
        if (regions.stream().anyMatch(Region::running)) {
            Duration left = left(now);
            return left == null ? "running" : "about " + Numbers.span(left) + " left";
        }
        return regions.stream().anyMatch(region -> region.state.equals("missed")) ? "missed" : completed(now);
    }

    private String completed(Instant now) {
        return regions.stream()
                .map(Region::completedAt)
                .filter(at -> at != null)
                .max(Instant::compareTo)
                .map(at -> "complete at " + When.of(at, now).text())
                .orElse("complete");
    }

    /** At the pace so far, of the slowest region; null where that would be a guess, or past the deadline. */
    private @Nullable Duration left(Instant now) {
        Duration longest = Duration.ZERO;
        for (Region region : regions.stream().filter(Region::running).toList()) {
            Duration left = left(region, now);
            if (left == null || now.plus(left).isAfter(region.deadline)) {
                return null;
            }
            longest = left.compareTo(longest) > 0 ? left : longest;
        }
        return longest;
    }

    private static @Nullable Duration left(Region region, Instant now) {
        Integer done = region.done;
        Duration elapsed = Duration.between(region.startedAt, now);
        if (done == null || done < FEWEST_DONE_FOR_AN_ESTIMATE || done * 10L < region.planned) {
            return null;
        }
        boolean soon = elapsed.compareTo(LEAST_TIME_FOR_AN_ESTIMATE) < 0;
        return soon ? null : Duration.ofMillis(elapsed.toMillis() * (region.planned - done) / done);
    }
}
