package org.nostrmonitor;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log when a database stops answering and when it answers again, whatever the reason: it may be down, cut off or
 * suspended. It does nothing about it. Only on the event loop of {@link #start}.
 */
final class AnswerWatch {
    private static final Logger log = LoggerFactory.getLogger(AnswerWatch.class);
    /** One answer that is late is no news. */
    private static final int MISSES = 2;

    private final Vertx vertx;
    private final String what;
    private final Supplier<Future<Void>> ping;
    private final Duration every;
    private final Duration patience;
    private volatile boolean stopped;
    private int misses;
    private long answeredNanos = System.nanoTime();

    /**
     * @param what for the log, {@code Redis at 127.0.0.1:6379}
     * @param every the time between an answer, or its absence, and the next question
     * @param patience how long an answer may take
     */
    AnswerWatch(Vertx vertx, String what, Supplier<Future<Void>> ping, Duration every, Duration patience) {
        this.vertx = vertx;
        this.what = what;
        this.ping = ping;
        this.every = every;
        this.patience = patience;
    }

    /** Asks for the first time after a while. */
    void start() {
        if (!stopped) {
            vertx.setTimer(every.toMillis(), timer -> ask());
        }
    }

    private void ask() {
        if (!stopped) {
            asked().timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .onSuccess(answer -> answered())
                    .onFailure(this::missed)
                    .onComplete(done -> start());
        }
    }

    private Future<Void> asked() {
        try {
            return ping.get();
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private void answered() {
        if (misses >= MISSES) {
            log.info("{} answers again after {} s", what, silenceSeconds());
        }
        misses = 0;
        answeredNanos = System.nanoTime();
    }

    private void missed(Throwable failure) {
        misses++;
        if (misses == MISSES && !stopped) {
            log.warn("{} has not answered for {} s: {}", what, silenceSeconds(), failure.getMessage());
        }
    }

    private long silenceSeconds() {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - answeredNanos);
    }

    /** Says and asks nothing more. */
    void stop() {
        stopped = true;
    }
}
