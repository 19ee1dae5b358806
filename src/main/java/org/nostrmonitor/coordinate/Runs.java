package org.nostrmonitor.coordinate;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.nostrmonitor.storage.RunLog;
import org.nostrmonitor.storage.RunLog.Run;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the coordinator's jobs and keeps a row of each run that did something, or failed. */
public final class Runs {
    private static final Logger LOG = LoggerFactory.getLogger(Runs.class);
    private static final long STORAGE_TIMEOUT_S = 10;
    private static final int LONGEST_RESULT = 1_000;

    private final RunLog log;
    private final InstantSource clock;

    public Runs(RunLog log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    /** Completes with what was done, when the row is stored or cannot be. Never fails. */
    Future<Done> run(String job, Supplier<Future<Done>> work) {
        Instant startedAt = clock.instant();
        long start = System.nanoTime();
        return Future.succeededFuture()
                .compose(go -> work.get())
                .otherwise(Done::failed)
                .compose(done -> keep(job, startedAt, Duration.ofNanos(System.nanoTime() - start), done));
    }

    private Future<Done> keep(String job, Instant startedAt, Duration took, Done done) {
        if (done.well() && done.result().isEmpty()) {
            return Future.succeededFuture(done);
        }
        String result = done.result().substring(0, Math.min(done.result().length(), LONGEST_RESULT));
        return log.add(new Run(job, startedAt, took, done.well(), result))
                .timeout(STORAGE_TIMEOUT_S, TimeUnit.SECONDS)
                .onFailure(fault -> LOG.warn("the run of {} could not be noted: {}", job, fault.toString()))
                .transform(noted -> Future.succeededFuture(done));
    }
}
