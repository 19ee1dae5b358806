package org.nostrmonitor.consume;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/** Brings answers back to the event loop of who asked: what a worker remembers is touched on one loop only. */
final class Loop {
    private Loop() {}

    /** The same, completed on the caller's context; as it is if the caller has none. */
    static <T> Future<T> here(Future<T> answer) {
        Context context = Vertx.currentContext();
        if (context == null) {
            return answer;
        }
        Promise<T> promise = Promise.promise();
        answer.onComplete(result -> {
            if (Vertx.currentContext() == context) {
                promise.handle(result);
            } else {
                context.runOnContext(ignored -> promise.handle(result));
            }
        });
        return promise.future();
    }
}
