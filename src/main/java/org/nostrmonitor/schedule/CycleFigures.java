package org.nostrmonitor.schedule;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.cache.RecentResults;
import org.nostrmonitor.queue.QueueView.CycleProgress;
import org.nostrmonitor.storage.CycleRepository.Cycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far one running cycle is, for the pages: kept as the figures {@code cycle.<region>} of {@link RecentResults} for a
 * minute, written anew every two seconds while the cycle runs.
 *
 * <ul>
 *   <li>{@code cycle}: its tick, ISO 8601; {@code at}: when this was written
 *   <li>{@code planned}, {@code remaining}, {@code done}, {@code dead}: jobs; {@code planned} is the sum of the others
 *   <li>{@code perSecond}: jobs ended a second over the last minute, one decimal; 0 while too little was seen
 *   <li>{@code leftSeconds}: until all are, at that pace; null while it cannot be told
 * </ul>
 */
final class CycleFigures {
    private static final Logger log = LoggerFactory.getLogger(CycleFigures.class);
    private static final Duration AT_MOST_EVERY = Duration.ofSeconds(2);

    private final RecentResults recent;
    private final Estimate estimate = new Estimate();
    private @Nullable Instant written;

    CycleFigures(RecentResults recent) {
        this.recent = recent;
    }

    /** Where the figures of a region are. */
    static String nameOf(String region) {
        return "cycle." + region;
    }

    /** Takes note, and writes if it is time. That it could not be written matters to nobody. */
    void saw(Cycle cycle, CycleProgress progress, Instant now) {
        estimate.saw(now, progress.remaining());
        Instant last = written;
        if (last == null || !last.plus(AT_MOST_EVERY).isAfter(now)) {
            written = now;
            recent.putFigures(nameOf(cycle.region()), figures(cycle, progress, now))
                    .onFailure(e -> log.debug("The figures of a cycle could not be written: {}", e.toString()));
        }
    }

    /** Done is what is neither left nor dead: what Redis remembers as done it may have lost. */
    private JsonObject figures(Cycle cycle, CycleProgress progress, Instant now) {
        return new JsonObject()
                .put("cycle", cycle.cycle().toString())
                .put("at", now.toString())
                .put("planned", cycle.planned())
                .put("remaining", progress.remaining())
                .put("done", Math.max(0, cycle.planned() - progress.remaining() - progress.dead()))
                .put("dead", progress.dead())
                .put("perSecond", Math.round(estimate.perSecond() * 10) / 10.0)
                .put("leftSeconds", estimate.leftSeconds());
    }
}
