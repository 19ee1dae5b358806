package org.nostrmonitor.publish;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.nostrmonitor.link.Backoff;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.LastWord;
import org.nostrmonitor.storage.Outbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes answered events out of the outbox: one statement at a time, and what is answered meanwhile goes with the next. While
 * the outbox fails they stay in the window, which fills: then nothing more is sent until it can be kept in mind.
 */
final class Settlement {
    private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);

    private final Vertx vertx;
    private final Context context;
    private final Outbox outbox;
    private final RelayUrl target;
    private final SendWindow window;
    private final long patienceMs;
    private final Backoff failures;
    private final Runnable onSettled;
    private boolean running;

    Settlement(Surroundings around, Context context, RelayUrl target, SendWindow window, Runnable onSettled) {
        this.vertx = around.vertx();
        this.context = context;
        this.outbox = around.outbox();
        this.target = target;
        this.window = window;
        this.patienceMs = around.pace().storage().toMillis();
        this.failures = around.backoff();
        this.onSettled = onSettled;
    }

    void settle() {
        List<LastWord> words = window.toSettle();
        if (running || words.isEmpty()) {
            return;
        }
        running = true;
        outbox.settled(target, words)
                .timeout(patienceMs, TimeUnit.MILLISECONDS)
                .onComplete(result -> context.runOnContext(now -> settled(words, result)));
    }

    private void settled(List<LastWord> words, AsyncResult<Void> result) {
        if (result.failed()) {
            long wait = failures.next().toMillis();
            LOG.warn(
                    "{} events could not be settled, again in {} ms: {}",
                    words.size(),
                    wait,
                    result.cause().toString());
            vertx.setTimer(wait, timer -> again());
            return;
        }
        failures.reset();
        window.settled(words);
        again();
        onSettled.run();
    }

    private void again() {
        running = false;
        settle();
    }
}
