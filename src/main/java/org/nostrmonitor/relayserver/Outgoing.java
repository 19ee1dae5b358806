package org.nostrmonitor.relayserver;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import org.jspecify.annotations.Nullable;

/**
 * What goes out to one client, counted until it has left this process. A client that lets too much wait, or reads nothing
 * for too long, is given up. Used on one event loop.
 */
final class Outgoing {
    /** So much may wait before more stored events are fetched. */
    private static final int ENOUGH_BYTES = 128 * 1024;

    private final Vertx vertx;
    private final ServerWebSocket socket;
    private final RelayLimits limits;
    private final Runnable giveUp;
    private int unsent;
    private boolean closed;
    private boolean moved;
    private long timer = -1;
    private @Nullable Promise<Void> room;

    /** @param giveUp called when the client is too slow; closes this */
    Outgoing(Vertx vertx, ServerWebSocket socket, RelayLimits limits, Runnable giveUp) {
        this.vertx = vertx;
        this.socket = socket;
        this.limits = limits;
        this.giveUp = giveUp;
    }

    /** Does nothing once closed. */
    void send(String text) {
        if (closed) {
            return;
        }
        // An empty queue takes a message of any size, since no client is slow before it was sent anything.
        if (unsent > 0 && unsent + text.length() > limits.unsentBytes()) {
            giveUp.run();
            return;
        }
        unsent += text.length();
        if (timer < 0) {
            watch();
        }
        socket.writeTextMessage(text).onComplete(done -> sent(text.length()));
    }

    private void watch() {
        moved = false;
        timer = vertx.setTimer(limits.stall().toMillis(), due -> {
            timer = -1;
            if (unsent > 0 && !moved) {
                giveUp.run();
            } else if (unsent > 0) {
                watch();
            }
        });
    }

    private void sent(int length) {
        unsent -= length;
        moved = true;
        Promise<Void> waiting = room;
        if (waiting != null && unsent <= ENOUGH_BYTES) {
            room = null;
            waiting.complete();
        }
    }

    /** Completes when the client has read most of it; fails when it is gone. For one caller at a time. */
    Future<Void> room() {
        if (closed) {
            return Future.failedFuture(new ClientGone());
        }
        if (unsent <= ENOUGH_BYTES) {
            return Future.succeededFuture();
        }
        Promise<Void> waiting = Promise.promise();
        room = waiting;
        return waiting.future();
    }

    void close() {
        closed = true;
        vertx.cancelTimer(timer);
        Promise<Void> waiting = room;
        room = null;
        if (waiting != null) {
            waiting.fail(new ClientGone());
        }
    }
}
