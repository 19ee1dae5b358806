package org.nostrmonitor.discover;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a source said and nobody has looked at yet: screened off the event loop, a batch at a time, in order. While there is more
 * of it than is to be held, or it came faster than it should, the source is not read: what it goes on sending waits with it, and
 * nothing is lost.
 */
final class Inbox {
    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);
    private static final int BATCH = 100;
    private static final long MOST_CHARACTERS = 2 << 20;
    private static final int MOST_TEXTS = 2_000;

    private final Vertx vertx;
    private final Context context;
    private final Sieve sieve;
    private final Function<List<Heard>, Future<Void>> reader;
    private final Door door;
    private final LongSupplier nanoTime;
    private final Rate events;
    private final Rate bytes;
    private final Queue<String> texts = new ArrayDeque<>();
    private long characters;
    private boolean busy;
    private boolean shut;
    private boolean timed;
    private boolean closed;

    /** Where it comes in. */
    interface Door {
        void shut();

        void open();
    }

    /** @param reader takes what was screened; the next batch is screened when that is done */
    Inbox(
            Vertx vertx,
            Context context,
            Sieve sieve,
            Pace pace,
            LongSupplier nanoTime,
            Function<List<Heard>, Future<Void>> reader,
            Door door) {
        this.vertx = vertx;
        this.context = context;
        this.sieve = sieve;
        this.reader = reader;
        this.door = door;
        this.nanoTime = nanoTime;
        this.events = new Rate(pace.eventsPerSecond(), nanoTime.getAsLong());
        this.bytes = new Rate(pace.bytesPerSecond(), nanoTime.getAsLong());
    }

    void add(String text) {
        long now = nanoTime.getAsLong();
        events.take(1, now);
        bytes.take(text.length(), now);
        texts.add(text);
        characters += text.length();
        look();
        work();
    }

    /** Whether all that was said was looked at. */
    boolean isEmpty() {
        return texts.isEmpty() && !busy;
    }

    /** Whether there is more to be read than there is time for. */
    boolean isBehind() {
        return shut;
    }

    private void look() {
        long wait = Math.max(
                events.owed(nanoTime.getAsLong()).toMillis(),
                bytes.owed(nanoTime.getAsLong()).toMillis());
        boolean full = characters > MOST_CHARACTERS || texts.size() > MOST_TEXTS;
        if (closed || timed) {
            return;
        }
        if (!shut && (full || wait > 0)) {
            shut = true;
            door.shut();
        }
        if (shut && wait > 0) {
            timed = true;
            vertx.setTimer(wait, timer -> {
                timed = false;
                look();
            });
        } else if (shut && !full) {
            shut = false;
            door.open();
        }
    }

    private void work() {
        if (busy || closed || texts.isEmpty()) {
            return;
        }
        busy = true;
        List<String> batch = batch();
        vertx.executeBlocking(() -> sieve.screen(batch), false)
                .compose(heard -> closed ? Future.succeededFuture() : reader.apply(heard))
                .onComplete(read -> context.runOnContext(now -> done(read.cause())));
    }

    private List<String> batch() {
        List<String> batch = new ArrayList<>(BATCH);
        while (batch.size() < BATCH && !texts.isEmpty()) {
            String text = texts.remove();
            characters -= text.length();
            batch.add(text);
        }
        return batch;
    }

    private void done(@Nullable Throwable fault) {
        busy = false;
        if (fault != null) {
            LOG.warn("a batch of events could not be looked at", fault);
        }
        look();
        work();
    }

    /** Forgets what is left, and hands nothing more on. */
    void close() {
        closed = true;
        texts.clear();
    }
}
