package org.nostrmonitor.testing;

import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits in a test's own thread for what happens on others. */
public final class Await {
    private static final int SECONDS = 20;

    private Await() {}

    /** The value of the future; its failure is thrown as it is if unchecked. */
    public static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new AssertionError(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /** Asks again and again until the answer will do. */
    public static <T> T until(Supplier<Future<T>> question, Predicate<T> willDo) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        T answer = await(question.get());
        while (!willDo.test(answer)) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("the last answer was still " + answer);
            }
            answer = await(question.get());
        }
        return answer;
    }
}
