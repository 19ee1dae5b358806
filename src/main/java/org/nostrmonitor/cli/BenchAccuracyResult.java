package org.nostrmonitor.cli;

import java.time.Duration;
import java.util.List;

/**
 * What {@code bench accuracy} measured over one transport.
 *
 * @param secure whether over TLS
 * @param warmUp what came first and is in no figure
 * @param most probes a second at saturation, or as given
 * @param levels in the order in which they were measured
 */
record BenchAccuracyResult(boolean secure, Duration warmUp, double most, List<BenchAccuracyLevel> levels) {
    BenchAccuracyResult {
        levels = List.copyOf(levels);
    }
}
