package org.nostrmonitor.publish;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The end of the work for one target: nothing more is sent, and what is on the way is waited for a while. */
final class Drain {
    private final Context context;
    private final SendWindow window;
    private final Promise<Void> empty = Promise.promise();
    private boolean on;

    Drain(Context context, SendWindow window) {
        this.context = context;
        this.window = window;
    }

    boolean isOn() {
        return on;
    }

    /** The window may have become empty. */
    void look() {
        if (on && window.isEmpty()) {
            empty.tryComplete();
        }
    }

    /**
     * From any thread. Completes in any case.
     *
     * @param first is run on the context, when it begins
     * @param last is run on the context, when all has been answered or the time is up
     */
    Future<Void> begin(Duration patience, Runnable first, Runnable last) {
        Promise<Void> over = Promise.promise();
        context.runOnContext(now -> {
            on = true;
            first.run();
            look();
        });
        empty.future()
                .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .onComplete(emptyOrNot -> context.runOnContext(now -> {
                    last.run();
                    over.complete();
                }));
        return over.future();
    }
}
