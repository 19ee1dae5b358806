package org.nostrmonitor.storage;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.nostrmonitor.storage.ReportStore.Finding;

/** Stores what probes would find, of one relay and region after the other in no order, as fast as it may. */
final class BenchWriter {
    private static final int AT_ONCE = 400;

    private final Database database;
    private final ReportStore store;
    private final BenchSize size;
    private final BenchReports reports = new BenchReports();
    private final Random random = new Random(2);
    private final AtomicLong stored = new AtomicLong();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final long[] micros = new long[1 << 20];
    private final Promise<Void> done = Promise.promise();
    private final Instant begun = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final int from;
    private int next;

    BenchWriter(Database database, BenchSize size) {
        this.database = database;
        this.size = size;
        this.store = new PgReportStore(database, new PgHousekeeping(database));
        this.from = random.nextInt(size.relays());
    }

    /** Until {@link #stop}. {@code perSecond} 0 is as fast as the store takes them, four hundred at a time. */
    void start(double perSecond) {
        if (perSecond > 0) {
            long nanos = System.nanoTime();
            database.vertx().setPeriodic(20, timer -> {
                long due = (long) ((System.nanoTime() - nanos) / 1e9 * perSecond);
                while (next < due && waiting.get() < AT_ONCE && !stopped.get()) {
                    one(() -> {});
                }
                if (stopped.get()) {
                    database.vertx().cancelTimer(timer);
                    if (waiting.get() == 0) {
                        done.tryComplete();
                    }
                }
            });
        } else {
            database.vertx().runOnContext(ready -> {
                for (int i = 0; i < AT_ONCE; i++) {
                    again();
                }
            });
        }
    }

    private void again() {
        if (!stopped.get()) {
            one(this::again);
        }
    }

    private void one(Runnable then) {
        long nanos = System.nanoTime();
        waiting.incrementAndGet();
        store.store(finding()).onComplete(result -> {
            int at = (int) (stored.getAndIncrement() % micros.length);
            micros[at] = (System.nanoTime() - nanos) / 1000;
            if (result.failed()) {
                done.tryFail(result.cause());
                stopped.set(true);
            }
            if (waiting.decrementAndGet() == 0 && stopped.get()) {
                done.tryComplete();
            }
            then.run();
        });
    }

    /** Neighbours in the order of checks are no neighbours on disk; no relay comes twice in a round. */
    private Finding finding() {
        int n = next++;
        int relay = (int) ((from + (long) n * 7919) % size.relays()) + 1;
        int round = n / size.relays();
        String region = "region-" + (round % size.regions() + 1);
        return reports.finding(relay, region, begun.plusSeconds(round));
    }

    /** Completes when what was begun is stored. Fails if something could not be. */
    Future<Void> stop() {
        stopped.set(true);
        if (waiting.get() == 0) {
            done.tryComplete();
        }
        return done.future();
    }

    long stored() {
        return stored.get();
    }

    /** From the call to the commit, in milliseconds. */
    double millis(double quantile) {
        long[] sorted = Arrays.copyOf(micros, (int) Math.min(stored.get(), micros.length));
        Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, sorted.length * quantile)] / 1000.0;
    }
}
