package org.nostrmonitor.http;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A reading that many readers share for a short while, so that a crowd on the pages costs the database no more than one
 * reader does. A failure is shared only with those who waited for it.
 */
final class BriefMemory<T> {
    private final Supplier<Future<T>> reading;
    private final Duration kept;
    private final InstantSource clock;
    private final AtomicReference<@Nullable Entry<T>> last = new AtomicReference<>();

    BriefMemory(Supplier<Future<T>> reading, Duration kept, InstantSource clock) {
        this.reading = reading;
        this.kept = kept;
        this.clock = clock;
    }

    private record Entry<T>(Instant until, Future<T> value) {}

    Future<T> get() {
        Entry<T> entry = last.get();
        Instant now = clock.instant();
        if (entry != null && now.isBefore(entry.until) && !entry.value.failed()) {
            return entry.value;
        }
        Entry<T> next = new Entry<>(now.plus(kept), reading.get());
        last.set(next);
        return next.value;
    }

    /** What was read last, if it was read. */
    @Nullable
    T latest() {
        Entry<T> entry = last.get();
        return entry == null || !entry.value.succeeded() ? null : entry.value.result();
    }
}
