package org.nostrmonitor.cli;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.nostrmonitor.config.StartFailure;

/** Waits for a future on the main thread of a command; never on an event loop. */
public final class Await {
    private Await() {}

    /**
     * What the future completes with.
     *
     * @param whom who is waited for, in words
     * @throws StartFailure if it takes too long
     * @throws RuntimeException what the future failed with
     */
    public static <T> T of(Future<T> future, Duration limit, String whom) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new StartFailure(whom + " did not answer within " + limit.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted while waiting for " + whom, e);
        }
    }
}
