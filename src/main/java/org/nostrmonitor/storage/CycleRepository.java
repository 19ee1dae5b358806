package org.nostrmonitor.storage;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The cycles: planned, running, complete or missed, a row for each region. */
public interface CycleRepository {
    /** Opens a cycle. True if it is new; false if it was already there (another scheduler, or a restart). */
    Future<Boolean> begin(Instant cycle, String region, Instant deadline);

    /** All jobs of it are in the queue. */
    Future<Void> planned(Instant cycle, String region, int jobs);

    /** True for the one caller that ends it. */
    Future<Boolean> complete(Instant cycle, String region);

    /** True for the one caller that ends it. */
    Future<Boolean> miss(Instant cycle, String region, String why);

    /** Planning or running, oldest first. */
    Future<List<Cycle>> unfinished();

    /** Newest first, all regions. */
    Future<List<Cycle>> latest(int most);

    /** @param state {@code planning running complete missed}; {@code planned} is 0 while planning */
    record Cycle(
            Instant cycle,
            String region,
            String state,
            int planned,
            Instant deadline,
            Instant startedAt,
            @Nullable Instant completedAt,
            @Nullable String why) {}
}
