package org.nostrmonitor.http.view;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.storage.CycleRepository.Cycle;

/**
 * How far the newest cycle is.
 *
 * @param cycle its tick
 * @param regions the newest cycle of each region, by name
 */
public record CycleNow(Instant cycle, List<Region> regions) {
    public CycleNow {
        regions = List.copyOf(regions);
    }

    /**
     * How fast a cycle goes, as its scheduler measures it.
     *
     * @param perSecond jobs done a second
     * @param left until its end, or null where that would be a guess
     */
    public record Estimate(double perSecond, @Nullable Duration left) {}

    /**
     * One region's cycle.
     *
     * @param state {@code planning running complete missed}
     * @param done null if that is not known now
     * @param dead jobs of it that became dead letters
     * @param estimate null if nobody measures it
     */
    public record Region(
            String name,
            Instant cycle,
            String state,
            int planned,
            @Nullable Integer done,
            int dead,
            Instant startedAt,
            Instant deadline,
            @Nullable Instant completedAt,
            @Nullable String why,
            @Nullable Estimate estimate) {
        /** One that does not run, or whose progress is not known. */
        public static Region of(Cycle c, @Nullable Integer done) {
            return of(c, done, 0, null);
        }

        public static Region of(Cycle c, @Nullable Integer done, int dead, @Nullable Estimate estimate) {
            return new Region(
                    c.region(),
                    c.cycle(),
                    c.state(),
                    c.planned(),
                    done,
                    dead,
                    c.startedAt(),
                    c.deadline(),
                    c.completedAt(),
                    c.why(),
                    estimate);
        }

        boolean running() {
            return state.equals("running");
        }

        @Nullable
        Duration left() {
            return estimate == null ? null : estimate.left;
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

    /** Of the region that needs the longest; null if that of any is not known, or past its deadline. */
    @Nullable
    Duration left(Instant now) {
        Duration longest = Duration.ZERO;
        for (Region region : regions.stream().filter(Region::running).toList()) {
            Duration left = region.left();
            if (left == null || now.plus(left).isAfter(region.deadline)) {
                return null;
            }
            longest = left.compareTo(longest) > 0 ? left : longest;
        }
        return longest;
    }
}
