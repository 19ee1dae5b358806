package org.nostrmonitor.queue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Acks of one region, together: the first goes at once, those that come while it is under way go as one call after it. So
 * a lone ack waits for nothing, and a thousand workers do not make a thousand calls.
 */
final class Acks {
    private static final int MOST_AT_ONCE = 500;
    private static final int MOST_WAITING = 10_000;

    private final ScriptRunner scripts;
    private final Keys keys;
    private final Duration patience;
    private final Deque<Ack> waiting = new ArrayDeque<>();
    private boolean underWay;

    Acks(ScriptRunner scripts, Keys keys, Duration patience) {
        this.scripts = scripts;
        this.keys = keys;
        this.patience = patience;
    }

    private record Ack(Lease lease, Promise<Boolean> answer) {}

    Future<Boolean> ack(Lease lease) {
        Ack ack = new Ack(lease, Promise.promise());
        synchronized (this) {
            if (waiting.size() >= MOST_WAITING) {
                return Future.failedFuture(new QueueUnavailable("too many acks wait for Redis", null));
            }
            waiting.add(ack);
        }
        sendNext();
        return ack.answer().future();
    }

    private void sendNext() {
        List<Ack> next = takeNext(MOST_AT_ONCE);
        if (next.isEmpty()) {
            return;
        }
        List<String> args = new ArrayList<>(3 * next.size());
        next.forEach(ack -> args.addAll(Arguments.proof(ack.lease())));
        scripts.run(Script.ACK, keys, args, patience).onComplete(reply -> {
            finishCall();
            if (reply.succeeded()) {
                answer(next, reply.result());
            } else {
                fail(next, reply.cause());
                fail(takeWaiting(), reply.cause());
            }
            sendNext();
        });
    }

    private synchronized List<Ack> takeNext(int most) {
        List<Ack> next = new ArrayList<>();
        while (!underWay && next.size() < most && !waiting.isEmpty()) {
            next.add(waiting.remove());
        }
        underWay |= !next.isEmpty();
        return next;
    }

    /** Those behind a call that failed fail with it: each has waited no longer than the patience for one call. */
    private synchronized List<Ack> takeWaiting() {
        List<Ack> all = new ArrayList<>(waiting);
        waiting.clear();
        return all;
    }

    private synchronized void finishCall() {
        underWay = false;
    }

    private static void answer(List<Ack> acks, Response replies) {
        for (int i = 0; i < acks.size(); i++) {
            acks.get(i).answer().complete(Replies.yes(replies.get(i)));
        }
    }

    private static void fail(List<Ack> acks, Throwable cause) {
        acks.forEach(ack -> ack.answer().fail(cause));
    }
}
