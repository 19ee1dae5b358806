package org.nostrmonitor.http.view;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.http.view.CycleNow.Estimate;

/**
 * The newest cycle, region by region.
 *
 * @param summary "63,120 of 100,000 checked"
 */
public record CyclePanel(When cycle, String summary, String tail, List<Row> rows) {
    public CyclePanel {
        rows = List.copyOf(rows);
    }

    /**
     * @param done null if it cannot be told now
     * @param share done against planned in per cent, or what is there instead
     * @param dead how many became dead letters, or null if none did
     * @param rate jobs done a second, or null if nobody measures it
     * @param left until its end, or null where that would be a guess
     * @param tooSlow whether that is after its deadline
     */
    public record Row(
            String region,
            When cycle,
            @Nullable Integer done,
            int planned,
            String share,
            String state,
            When deadline,
            @Nullable String dead,
            @Nullable String rate,
            @Nullable String left,
            boolean tooSlow,
            @Nullable Said why) {
        static Row of(CycleNow.Region region, Instant now) {
            Integer done = region.done();
            String why = region.why();
            Estimate estimate = region.running() ? region.estimate() : null;
            Duration left = estimate == null ? null : estimate.left();
            boolean counted = done != null && region.planned() > 0;
            return new Row(
                    Said.flat(region.name()),
                    When.of(region.cycle(), now),
                    done,
                    region.planned(),
                    counted && done != null ? Numbers.percent(done, region.planned(), 1) + " %" : "–",
                    region.state(),
                    When.of(region.deadline(), now),
                    region.dead() == 0
                            ? null
                            : Numbers.plural(region.dead(), "became a dead letter", "became dead letters"),
                    estimate == null ? null : rate(estimate.perSecond()),
                    left == null ? null : Numbers.span(left),
                    CycleAlarms.isTooSlow(region, now),
                    why == null ? null : Said.of(Sentences.of(why)));
        }

        private static String rate(double perSecond) {
            return String.format(Locale.ROOT, perSecond < 1 ? "%.2f" : "%,.1f", perSecond);
        }

        /** Whether there is a share to show. */
        public boolean counted() {
            return done != null && planned > 0;
        }

        public String of() {
            return done == null ? "–" : Numbers.count(done) + " of " + Numbers.count(planned);
        }
    }

    static @Nullable CyclePanel of(Now now) {
        CycleNow cycle = now.cycle();
        if (cycle == null) {
            return null;
        }
        Integer done = cycle.done();
        String summary = done == null
                ? Numbers.plural(cycle.planned(), "check planned", "checks planned")
                : Numbers.count(done) + " of " + Numbers.count(cycle.planned()) + " checked";
        return new CyclePanel(
                When.of(cycle.cycle(), now.at()),
                summary,
                cycle.tail(now.at()),
                cycle.regions().stream().map(region -> Row.of(region, now.at())).toList());
    }
}
