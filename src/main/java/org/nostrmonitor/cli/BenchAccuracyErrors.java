package org.nostrmonitor.cli;

import java.util.Collection;
import java.util.concurrent.TimeUnit;

/**
 * How far measured times were from the truth, or how late something was: absolute values in milliseconds.
 *
 * @param count how many there were; 0 makes the rest 0
 */
record BenchAccuracyErrors(int count, double p50, double p99, double max) {
    static BenchAccuracyErrors of(Collection<Long> nanos) {
        long[] sorted = nanos.stream().mapToLong(Math::abs).sorted().toArray();
        return new BenchAccuracyErrors(sorted.length, at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1));
    }

    /** The smallest value that so many are not above. */
    private static double at(long[] sorted, double share) {
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted.length == 0 ? 0 : sorted[Math.max(1, rank) - 1] / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }
}
