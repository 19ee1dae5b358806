package org.nostrmonitor.storage;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long requests take, one after another, while results are stored at the pace of the real thing and relays are counted as
 * the coordinator does.
 */
public final class PagesBenchmark {
    private static final Logger LOG = LoggerFactory.getLogger(PagesBenchmark.class);
    private static final int COUNT_EVERY_MS = 500;
    private static final int REST_MS = 5;

    private final Database database;
    private final BenchSize size;
    private final Map<String, Supplier<Future<?>>> requests;

    /** @param requests by name, in the order in which they are made */
    public PagesBenchmark(Database database, BenchSize size, Map<String, Supplier<Future<?>>> requests) {
        this.database = database;
        this.size = size;
        this.requests = requests;
    }

    /** In milliseconds, from the call to the whole answer. */
    public record Times(double p50, double p99, double most) {
        static Times of(List<Double> seen) {
            double[] sorted =
                    seen.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            return new Times(quantile(sorted, 0.5), quantile(sorted, 0.99), sorted[sorted.length - 1]);
        }

        private static double quantile(double[] sorted, double quantile) {
            return sorted[Math.min(sorted.length - 1, (int) Math.ceil(sorted.length * quantile) - 1)];
        }
    }

    /**
     * Completes with the times of each request.
     *
     * @param before how often each is made before it is measured: a server that has just started compiles its code meanwhile
     * @param pace results stored a second meanwhile; 0 for none
     */
    public Future<Map<String, Times>> run(int before, int times, double pace) {
        BenchWriter writer = new BenchWriter(database, size);
        Housekeeping housekeeping = new PgHousekeeping(database);
        long counting = database.vertx()
                .setPeriodic(
                        COUNT_EVERY_MS,
                        timer -> housekeeping
                                .countNetwork()
                                .onFailure(busy -> LOG.debug("not counted this time", busy)));
        if (pace > 0) {
            writer.start(pace);
        }
        return housekeeping
                .countNetwork()
                .compose(counted -> all(before))
                .compose(warm -> all(times))
                .eventually(() -> {
                    database.vertx().cancelTimer(counting);
                    return writer.stop();
                });
    }

    private Future<Map<String, Times>> all(int times) {
        Map<String, Times> measured = new LinkedHashMap<>();
        if (times == 0) {
            return Future.succeededFuture(measured);
        }
        Future<Void> done = Future.succeededFuture();
        for (Map.Entry<String, Supplier<Future<?>>> request : requests.entrySet()) {
            done = done.compose(before -> again(request.getValue(), times, new ArrayList<>()))
                    .map(seen -> {
                        measured.put(request.getKey(), Times.of(seen));
                        return null;
                    });
        }
        return done.map(measured);
    }

    private Future<List<Double>> again(Supplier<Future<?>> request, int left, List<Double> seen) {
        if (left == 0) {
            return Future.succeededFuture(seen);
        }
        long begun = System.nanoTime();
        return request.get().compose(answer -> {
            seen.add((System.nanoTime() - begun) / 1e6);
            // Not at once: a person who reads pages leaves the server time for others.
            return database.vertx()
                    .timer(REST_MS, TimeUnit.MILLISECONDS)
                    .compose(rested -> again(request, left - 1, seen));
        });
    }
}
