package org.nostrmonitor.cli;

import java.util.List;

/**
 * What {@code bench publish} measured.
 *
 * @param storedPerSecond results with signed events, committed before the first is sent
 * @param seconds from the publisher's start until nothing is pending
 * @param heapBytes the most that was in use while it published; targets and database client included
 * @param targets in order of their start
 */
record BenchPublishResult(
        int events, double storedPerSecond, double seconds, long heapBytes, List<TargetResult> targets) {

    /**
     * @param events different ones that came
     * @param repetitions events that came again
     * @param seconds from the publisher's start to the last event
     */
    record TargetResult(int events, int repetitions, int connections, double seconds) {
        double perSecond() {
            return events / seconds;
        }
    }
}
