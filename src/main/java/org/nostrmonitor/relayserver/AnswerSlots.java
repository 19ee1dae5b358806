package org.nostrmonitor.relayserver;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many answers are under way at the same time, first come, first served, and no site all of them. On one event loop. */
final class AnswerSlots {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int SHARE = 4;

    private final Vertx vertx;
    private final int ofASite;
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private final Map<String, Integer> sites = new HashMap<>();
    private int free;

    /** @param slots at the same time; a site has a quarter of them */
    AnswerSlots(Vertx vertx, int slots) {
        this.vertx = vertx;
        this.free = slots;
        this.ofASite = Math.max(1, slots / SHARE);
    }

    /** No answer could begin in time. */
    static final class Busy extends RuntimeException {
        private static final long serialVersionUID = 1;

        Busy() {
            super("too many questions are being answered", null, false, false);
        }
    }

    private record Waiting(@Nullable String site, Promise<Void> turn, long timer) {}

    /**
     * Completes when it has a slot, to be given back; fails with {@link Busy} after 10 s.
     *
     * @param site null for one that has no limit
     */
    Future<Void> take(@Nullable String site) {
        Promise<Void> turn = Promise.promise();
        long timer = vertx.setTimer(PATIENCE.toMillis(), late -> {
            queue.removeIf(waiting -> waiting.turn == turn);
            turn.tryFail(new Busy());
        });
        queue.add(new Waiting(site, turn, timer));
        serve();
        return turn.future();
    }

    void giveBack(@Nullable String site) {
        free++;
        if (site != null) {
            sites.computeIfPresent(site, (key, n) -> n == 1 ? null : n - 1);
        }
        serve();
    }

    private void serve() {
        Iterator<Waiting> waiting = queue.iterator();
        while (free > 0 && waiting.hasNext()) {
            Waiting next = waiting.next();
            if (next.site == null || sites.getOrDefault(next.site, 0) < ofASite) {
                waiting.remove();
                begin(next);
            }
        }
    }

    private void begin(Waiting next) {
        free--;
        if (next.site != null) {
            sites.merge(next.site, 1, Integer::sum);
        }
        vertx.cancelTimer(next.timer);
        // Later, since whoever gets it may give it back at once, while the queue is being walked.
        vertx.runOnContext(turn -> next.turn.complete());
    }
}
