package org.nostrmonitor.probe;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** Lets so many in at the same time, from all event loops; the others wait in line, though not for long. Thread-safe. */
final class Turnstile {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private record Waiting(EventLoop loop, Promise<Duration> promise, long sinceNanos) {}

    private final Pot places;
    private final Deque<Waiting> line = new ArrayDeque<>();

    Turnstile(int places) {
        this.places = new Pot(places);
    }

    /**
     * Completes on the loop with how long it took to get in; whoever got in must {@link #leave}. Fails with
     * {@link BudgetUsedUp} after two seconds in line.
     */
    Future<Duration> enter(EventLoop loop) {
        Promise<Duration> promise = Promise.promise();
        synchronized (line) {
            if (line.isEmpty() && places.take(1)) {
                return Future.succeededFuture(Duration.ZERO);
            }
            line.add(new Waiting(loop, promise, System.nanoTime()));
        }
        ScheduledFuture<?> alarm = loop.schedule(() -> giveUp(promise), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        return promise.future().onComplete(done -> alarm.cancel(false));
    }

    private void giveUp(Promise<Duration> promise) {
        boolean isWaiting;
        synchronized (line) {
            isWaiting = line.removeIf(each -> each.promise() == promise);
        }
        if (isWaiting) {
            promise.tryFail(new BudgetUsedUp("no look-up was free for " + PATIENCE.toSeconds() + " s"));
        }
    }

    /** Makes room for the first in line. */
    void leave() {
        Waiting next;
        synchronized (line) {
            next = line.poll();
            if (next == null) {
                places.give(1);
                return;
            }
        }
        Duration waited = Duration.ofNanos(System.nanoTime() - next.sinceNanos());
        next.loop().execute(() -> next.promise().tryComplete(waited));
    }

    /** Those that are taken. */
    Pot places() {
        return places;
    }
}
