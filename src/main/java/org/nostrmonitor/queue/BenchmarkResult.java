package org.nostrmonitor.queue;

import java.util.List;

/**
 * What {@link QueueBenchmark} measured.
 *
 * @param jobs in each round
 * @param plansPerSecond jobs planned a second, in batches of 500
 * @param donePerSecond jobs claimed and acked a second, by all workers
 * @param bytesWaiting of Redis's memory for a job that was planned
 * @param bytesLeased for one that is at a worker
 * @param bytesDone for one that was acked
 * @param scripts plan, claim and ack
 */
public record BenchmarkResult(
        int jobs,
        double plansPerSecond,
        double donePerSecond,
        long bytesWaiting,
        long bytesLeased,
        long bytesDone,
        List<ScriptTimes> scripts) {
    public BenchmarkResult {
        scripts = List.copyOf(scripts);
    }

    /**
     * The times of one script. Those of the client hold its waiting for a connection, and for calls before it.
     *
     * @param name of the script
     * @param calls that the client made
     * @param p50Micros as the client sees it, from the call to the answer
     * @param p99Micros the same
     * @param serverMicros how long Redis was at one call, on average, while it ran nothing else of ours
     */
    public record ScriptTimes(String name, int calls, double p50Micros, double p99Micros, double serverMicros) {}
}
