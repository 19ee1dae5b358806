package org.nostrmonitor.storage;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The cycles: planned, running, complete or missed, a row for each region.
 *
 * <p>Whatever changes one is said under a term of {@link Leadership#SCHEDULER}, which is proved in the same statement: a
 * scheduler that no longer leads, and does not know it, changes nothing.
 */
public interface CycleRepository {
    /**
     * Opens a cycle. True if it is new; false if it was already there, or the term is not the one that leads.
     *
     * @param cycle its tick, whole seconds
     * @param deadline when it should be complete: the next tick
     */
    Future<Boolean> begin(long term, Instant cycle, String region, Instant deadline);

    /**
     * All jobs of it are in the queue. The number only grows: planning again, when some relays are gone, does not make the
     * cycle smaller. False if the cycle has ended, or the term does not lead.
     */
    Future<Boolean> planned(long term, Instant cycle, String region, int jobs);

    /**
     * True for the one caller that ends it.
     *
     * @param why what is not as planned, or null
     */
    Future<Boolean> complete(long term, Instant cycle, String region, @Nullable String why);

    /** Gives up a cycle that was begun. True for the one caller that ends it. */
    Future<Boolean> miss(long term, Instant cycle, String region, String why);

    /** Records ticks that were never begun as missed; those that have a row keep it. Completes with how many were new. */
    Future<Integer> recordMissed(long term, String region, List<Missed> ticks);

    /** How many results of a cycle are stored. */
    Future<Integer> stored(Instant cycle, String region);

    /** Planning or running, in a region, oldest first. */
    Future<List<Cycle>> unfinished(String region);

    /** Newest first, all regions. */
    Future<List<Cycle>> latest(int most);

    /** Newest first, of one region. */
    Future<List<Cycle>> latest(String region, int most);

    /** The newest cycle of a region up to this moment, whatever became of it. A row that a wrong clock made is no obstacle. */
    Future<Optional<Instant>> newest(String region, Instant upTo);

    /**
     * The regions that cycles are expected of: those known, without those that have only missed for seven days up to this
     * moment, which somebody has given up.
     */
    Future<Set<String>> regions(Instant now);

    /** @param deadline the tick after it */
    record Missed(Instant tick, Instant deadline, String why) {}

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
