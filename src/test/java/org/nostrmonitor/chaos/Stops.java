package org.nostrmonitor.chaos;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Lets everything pass but for the one job that comes first to the armed point: that waits until it is told to go. */
final class Stops {
    private final AtomicReference<@Nullable Point> armed = new AtomicReference<>();
    private final Queue<Runnable> held = new ConcurrentLinkedQueue<>();

    void arm(Point point) {
        armed.set(point);
    }

    void disarm() {
        armed.set(null);
    }

    /** Completes at once, or at {@link #go} if this point is armed. Says so on stdout. */
    Future<Void> pass(Point point, String id) {
        if (!armed.compareAndSet(point, null)) {
            return Future.succeededFuture();
        }
        Promise<Void> passed = Promise.promise();
        Context context = Vertx.currentContext();
        held.add(() -> {
            if (context == null) {
                passed.complete();
            } else {
                context.runOnContext(now -> passed.complete());
            }
        });
        Trace.at(point, id);
        return passed.future();
    }

    void go() {
        for (Runnable next = held.poll(); next != null; next = held.poll()) {
            next.run();
        }
    }
}
