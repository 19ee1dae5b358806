package org.nostrmonitor.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nostrmonitor.queue.BenchmarkResult.ScriptTimes;

/** How long answers took, by script: a few thousand of them. */
final class ClientTimes implements ScriptRunner.Watch {
    private static final double NANOS_PER_MICRO = 1_000;

    private final Map<Script, List<Long>> nanos = new EnumMap<>(Script.class);

    @Override
    public synchronized void ran(Script script, Duration took) {
        nanos.computeIfAbsent(script, first -> new ArrayList<>()).add(took.toNanos());
    }

    synchronized void forget() {
        nanos.clear();
    }

    synchronized ClientTimes copy() {
        ClientTimes copy = new ClientTimes();
        nanos.forEach((script, all) -> copy.nanos.put(script, new ArrayList<>(all)));
        return copy;
    }

    /** @param server the time of one call in Redis, µs */
    synchronized ScriptTimes of(Script script, Map<Script, Double> server) {
        List<Long> sorted =
                nanos.getOrDefault(script, List.of()).stream().sorted().toList();
        return new ScriptTimes(
                script.name().toLowerCase(Locale.ROOT),
                sorted.size(),
                quantile(sorted, 0.5),
                quantile(sorted, 0.99),
                server.getOrDefault(script, 0.0));
    }

    private static double quantile(List<Long> sorted, double q) {
        return sorted.isEmpty() ? 0 : sorted.get((int) (q * (sorted.size() - 1))) / NANOS_PER_MICRO;
    }
}
