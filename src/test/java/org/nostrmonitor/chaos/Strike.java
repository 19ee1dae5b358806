package org.nostrmonitor.chaos;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One fault that was made.
 *
 * @param nanos when a process was killed, or everything was there again
 * @param struck the jobs that the victim had
 * @param untilNextResult from then until the next result was stored, or null where jobs were struck
 */
record Strike(
        Fault fault,
        long nanos,
        List<String> struck,
        @Nullable Duration untilNextResult) {
    Strike {
        struck = List.copyOf(struck);
    }
}
