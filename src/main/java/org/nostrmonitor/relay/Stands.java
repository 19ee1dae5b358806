package org.nostrmonitor.relay;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * For how long a check says how a relay is, if no other one follows: the one rule for uptimes and for words, as
 * {@code docs/probing.md} tells it. Half an hour, two cadences as they are by default, so that one check that was missed says
 * nothing.
 *
 * <p>A dead relay is checked less often, by plan (see {@code BackOff}): after a quarter of the time that it was dead, give or
 * take a fifth. So a check that found it offline stands that much longer, up to eight hours.
 */
public final class Stands {
    private static final long SECONDS = 1800;
    private static final double OF_THE_TIME_DEAD = 0.3;
    private static final long LONGEST_SECONDS = 8 * 3600;

    private Stands() {}

    /** @param secondsDead from the first failure to the check; zero if it found the relay up */
    public static long seconds(long secondsDead) {
        return Math.min(LONGEST_SECONDS, SECONDS + (long) (OF_THE_TIME_DEAD * secondsDead));
    }

    /**
     * Whether a state that a check found can still be told as what is now.
     *
     * @param since when it came into the state
     * @param checkedAt when it was found in it last; null if it never was. Of what is unknown nothing is claimed that could be old
     */
    public static boolean at(Instant now, RelayState state, Instant since, @Nullable Instant checkedAt) {
        if (checkedAt == null || state == RelayState.UNKNOWN) {
            return true;
        }
        Duration dead = state == RelayState.OFFLINE ? Duration.between(since, checkedAt) : Duration.ZERO;
        return !checkedAt.plusSeconds(seconds(Math.max(0, dead.toSeconds()))).isBefore(now);
    }
}
