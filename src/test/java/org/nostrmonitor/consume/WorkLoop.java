package org.nostrmonitor.consume;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import org.nostrmonitor.testing.Await;

/** An event loop that a test drives a worker on, and looks at it from. */
final class WorkLoop {
    private final Vertx vertx;
    private final Context context;

    WorkLoop(Vertx vertx) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
    }

    void run(Runnable work) {
        Await.await(get(() -> {
            work.run();
            return true;
        }));
    }

    <T> Future<T> get(Callable<T> work) {
        return compose(() -> Future.succeededFuture(work.call()));
    }

    <T> Future<T> compose(Callable<Future<T>> work) {
        Promise<T> promise = Promise.promise();
        context.runOnContext(ignored -> {
            try {
                work.call().onComplete(promise);
            } catch (Exception e) {
                promise.fail(e);
            }
        });
        return promise.future();
    }

    /** Runs it every so often, until the answer's run is called. */
    Runnable repeat(long everyMs, Runnable work) {
        long timer = Await.await(get(() -> vertx.setPeriodic(everyMs, ignored -> work.run())));
        return () -> vertx.cancelTimer(timer);
    }
}
