package org.nostrmonitor.http;

import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.storage.Administration.RefusedSettings;
import org.nostrmonitor.storage.RelayViews.InvalidCursor;

/** How long readers wait, and whom they are told of when it was too long. */
final class Within {
    private static final int POSTGRES_SECONDS = 5;
    private static final int REDIS_SECONDS = 2;

    private Within() {}

    /**
     * Fails with {@link Unavailable} if PostgreSQL does not give it.
     *
     * @param what it is, "the overview"
     */
    static <T extends @Nullable Object> Future<T> postgres(String what, Future<T> reading) {
        return reading.timeout(POSTGRES_SECONDS, TimeUnit.SECONDS)
                .recover(failure -> Future.failedFuture(
                        failure instanceof InvalidCursor || failure instanceof RefusedSettings
                                ? failure
                                : new Unavailable("PostgreSQL did not give us " + what + ".", failure)));
    }

    /** Fails with {@link Unavailable} if Redis does not give it. */
    static <T extends @Nullable Object> Future<T> redis(Future<T> reading) {
        return reading.timeout(REDIS_SECONDS, TimeUnit.SECONDS)
                .recover(failure -> Future.failedFuture(new Unavailable("Redis does not answer.", failure)));
    }
}
