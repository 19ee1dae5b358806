package org.nostrmonitor.consume;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls that are made again until they are answered. While the other side is away all of them wait, and one at a time tries
 * whether it is back; then all go. Used on one event loop.
 */
final class PatientCalls {
    private final Vertx vertx;
    private final Reachability server;
    private final Backoff backoff;
    private final Predicate<Throwable> isOutage;
    private final Deque<Call<?>> waiting = new ArrayDeque<>();
    private int failures;
    private boolean stopped;
    private @Nullable Long timer;
    private @Nullable Call<?> scout;

    /** @param isOutage tells the failures that the other side is to blame for; any other is an answer */
    PatientCalls(Vertx vertx, Reachability server, Backoff backoff, Predicate<Throwable> isOutage) {
        this.vertx = vertx;
        this.server = server;
        this.backoff = backoff;
        this.isOutage = isOutage;
        server.onReturn(this::sendAll);
    }

    /**
     * Completes as the call does, once it is answered. Fails with the outage if that lasts longer than {@code patience}, or
     * when the calls are stopped.
     */
    <T> Future<T> make(Supplier<Future<T>> attempt, Duration patience) {
        Call<T> call = new Call<>(attempt, System.nanoTime() + patience.toNanos(), Promise.promise());
        boolean oneTry = stopped || patience.isZero();
        if (server.away() && !oneTry) {
            waiting.addLast(call);
            tryLater();
        } else {
            send(call);
        }
        return call.promise.future();
    }

    /** How many wait for the other side to come back. */
    int waiting() {
        return waiting.size();
    }

    private <T> void send(Call<T> call) {
        Loop.here(call.attempt.get()).onComplete(result -> {
            scout = call == scout ? null : scout;
            if (result.failed() && isOutage.test(result.cause())) {
                server.failed(result.cause());
                keep(call, result.cause());
            } else {
                failures = 0;
                server.answered();
                call.promise.handle(result);
            }
        });
    }

    /** At the end of the line: a call that itself breaks the other side does not stand in the way of the rest. */
    private void keep(Call<?> call, Throwable fault) {
        call.fault = fault;
        if (stopped || call.isOver()) {
            call.promise.fail(fault);
        } else {
            waiting.addLast(call);
            tryLater();
        }
    }

    private void tryLater() {
        if (timer == null && scout == null) {
            failures++;
            long delayMs = backoff.after(failures, ThreadLocalRandom.current()).toMillis();
            timer = vertx.setTimer(Math.max(1, delayMs), fired -> {
                timer = null;
                tryOne();
            });
        }
    }

    private void tryOne() {
        giveUp(Call::isOver);
        if (server.away()) {
            sendFirst();
        } else {
            sendAll();
        }
    }

    /** Its answer may take long; until then nobody else tries. */
    private void sendFirst() {
        Call<?> first = waiting.pollFirst();
        if (first != null) {
            scout = first;
            send(first);
        }
    }

    private void sendAll() {
        List<Call<?>> all = new ArrayList<>(waiting);
        waiting.clear();
        all.forEach(this::send);
    }

    private void giveUp(Predicate<Call<?>> which) {
        List<Call<?>> over = waiting.stream().filter(which).toList();
        waiting.removeAll(over);
        over.forEach(call -> call.promise.fail(call.fault()));
    }

    /** Tries no more: what waits fails, and what comes later has one try. */
    void stop() {
        tryNoMore();
        giveUp(call -> true);
    }

    /** One last try for what waits, and for what comes later. */
    void lastTry() {
        tryNoMore();
        sendAll();
    }

    private void tryNoMore() {
        stopped = true;
        if (timer != null) {
            vertx.cancelTimer(timer);
            timer = null;
        }
    }

    private static final class Call<T> {
        private final Supplier<Future<T>> attempt;
        private final long endNanos;
        private final Promise<T> promise;
        private @Nullable Throwable fault;

        Call(Supplier<Future<T>> attempt, long endNanos, Promise<T> promise) {
            this.attempt = attempt;
            this.endNanos = endNanos;
            this.promise = promise;
        }

        boolean isOver() {
            return System.nanoTime() - endNanos >= 0;
        }

        Throwable fault() {
            Throwable last = fault;
            return last == null ? new GaveUp() : last;
        }
    }
}
