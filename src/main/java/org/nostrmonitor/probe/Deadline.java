package org.nostrmonitor.probe;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The moment by which a check has to be over, on the monotonic clock. */
final class Deadline {
    private long at;

    private Deadline(long at) {
        this.at = at;
    }

    static Deadline in(Duration patience) {
        return new Deadline(System.nanoTime() + patience.toNanos());
    }

    /** The earlier of this and that long from now. */
    Deadline atMost(Duration patience) {
        Deadline other = in(patience);
        return other.at - at < 0 ? other : this;
    }

    /** What we had somebody wait for before we asked is not taken from the relay's time. Before anything is bound. */
    Deadline postponed(Duration waited) {
        at += waited.toNanos();
        return this;
    }

    /** What is left, shared by so many attempts. */
    Deadline share(int attempts) {
        return in(left().dividedBy(attempts));
    }

    /** What is left; zero if it has passed. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, at - System.nanoTime()));
    }

    /** What is left in milliseconds, at least 1: zero means "for ever" to most who take a timeout. */
    int leftMillis() {
        return (int) Math.max(1, left().toMillis());
    }

    /** The promise's future; fails as told if the deadline passes first. Call on the event loop. */
    <T> Future<T> bound(EventLoop loop, Promise<T> promise, Supplier<Throwable> late) {
        ScheduledFuture<?> alarm = loop.schedule(
                () -> promise.tryFail(late.get()), Math.max(0, at - System.nanoTime()), TimeUnit.NANOSECONDS);
        return promise.future().onComplete(result -> alarm.cancel(false));
    }
}
