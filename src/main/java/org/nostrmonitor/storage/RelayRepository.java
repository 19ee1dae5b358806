package org.nostrmonitor.storage;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.RelayUrl;

/** The relays that are known, and which of them are checked. */
public interface RelayRepository {
    /** Adds those that are not known, enabled. Any number at a time. */
    Future<Added> add(Collection<RelayUrl> relays, String source);

    /**
     * All that a cycle may be about, from one snapshot, a page at a time; the next page is read when {@code each} has
     * completed. Those are the relays that are enabled and were known when the cycle was begun, and those with a result of
     * it. They come host by host; of one host first those with a result, then those that have waited longest for a check.
     * A URL that today's rules reject is left out, and logged once.
     *
     * <p>Completes after the last page. Fails as {@code each} does, or if it takes longer than a minute.
     *
     * @param page at most so many at a time, at least 1
     */
    Future<Void> candidates(String region, Instant cycle, int page, Function<List<Candidate>, Future<Void>> each);

    /** One relay as a region last saw it, enabled or not. Completes with null if it is not known, or opted out. */
    Future<@Nullable KnownRelay> find(RelayUrl relay, String region);

    /** How many relays are enabled. */
    Future<Integer> countEnabled();

    record Added(int added, int known) {}

    /**
     * @param stored whether the cycle has a result of it already
     * @param alias whether it is another's alias: then it is checked rarely
     */
    record Candidate(KnownRelay relay, boolean stored, boolean alias) {
        /** A relay of its own. */
        public Candidate(KnownRelay relay, boolean stored) {
            this(relay, stored, false);
        }
    }

    /**
     * A relay as a region last saw it.
     *
     * @param since when it came into its state, or null if it was never checked
     * @param lastCycle the cycle of its last conclusive check, or null
     * @param checkedAt when that check was made, or null
     * @param readPassedAt when a read last passed, or null
     * @param writeTestedAt when a write was last tested, or null
     * @param nip11TestedAt when its document was last asked for, or null
     * @param capabilitiesTestedAt when its capabilities were last tested, or null
     * @param first whether somebody wants it to be checked before others
     */
    record KnownRelay(
            int id,
            RelayUrl url,
            RelayState state,
            @Nullable Instant since,
            @Nullable Instant lastCycle,
            @Nullable Instant checkedAt,
            @Nullable Instant readPassedAt,
            @Nullable Instant writeTestedAt,
            @Nullable Instant nip11TestedAt,
            @Nullable Instant capabilitiesTestedAt,
            boolean first) {
        /** One like the others. */
        public KnownRelay(
                int id,
                RelayUrl url,
                RelayState state,
                @Nullable Instant since,
                @Nullable Instant lastCycle,
                @Nullable Instant checkedAt,
                @Nullable Instant readPassedAt,
                @Nullable Instant writeTestedAt,
                @Nullable Instant nip11TestedAt,
                @Nullable Instant capabilitiesTestedAt) {
            this(
                    id,
                    url,
                    state,
                    since,
                    lastCycle,
                    checkedAt,
                    readPassedAt,
                    writeTestedAt,
                    nip11TestedAt,
                    capabilitiesTestedAt,
                    false);
        }
    }
}
