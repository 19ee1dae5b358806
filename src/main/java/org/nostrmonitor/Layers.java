package org.nostrmonitor;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was opened one upon the other, to be closed in the opposite order. For one thread at a time. */
final class Layers {
    private static final Logger log = LoggerFactory.getLogger(Layers.class);

    private final Vertx vertx;
    private final Deque<Supplier<Future<?>>> layers = new ArrayDeque<>();

    Layers(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Closing that blocks. */
    interface Closing {
        void close() throws IOException;
    }

    void push(Supplier<Future<?>> close) {
        layers.push(close);
    }

    /** The same for what blocks while it closes. */
    void pushBlocking(Closing closing) {
        push(() -> vertx.executeBlocking(
                () -> {
                    closing.close();
                    return true;
                },
                false));
    }

    /** Closes everything, the last opened first; what cannot be closed is logged. Completes when all was tried. */
    Future<Void> close() {
        Future<Void> closed = Future.succeededFuture();
        while (!layers.isEmpty()) {
            Supplier<Future<?>> layer = layers.pop();
            closed = closed.transform(before -> layer.get().<Void>mapEmpty())
                    .onFailure(e -> log.warn("Not everything could be closed: {}", e.toString()));
        }
        return closed.otherwiseEmpty();
    }
}
