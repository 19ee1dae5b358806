package org.nostrmonitor.publish;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import java.time.Duration;
import org.nostrmonitor.nostr.ClientMessage;
import org.nostrmonitor.nostr.ProtocolException;
import org.nostrmonitor.nostr.RelayMessage;

/** One WebSocket to a target, kept alive with pings. Once it is closed, by either side, its listener hears no more of it. */
final class TargetConnection {
    private final Vertx vertx;
    private final WebSocket socket;
    private final Listener listener;
    private final Chatter chatter = new Chatter(() -> lose("it talks without end, and answers nothing"));
    private long pings = -1;
    private boolean closed;

    interface Listener {
        /** It is about to open. A relay may speak, and be answered, before whoever dialled knows that it is. */
        void dialling(TargetConnection connection);

        void said(RelayMessage message);

        /** The connection is gone, not by {@link TargetConnection#close}. At most once. */
        void lost(String why);
    }

    TargetConnection(Vertx vertx, WebSocket socket, Listener listener) {
        this.vertx = vertx;
        this.socket = socket;
        this.listener = listener;
        socket.textMessageHandler(this::heard);
        socket.closeHandler(nothing -> lose("the connection was closed"));
        // A message beyond the limit comes as an exception and leaves the socket open.
        socket.exceptionHandler(failure -> lose("the connection failed: " + failure.getMessage()));
    }

    /** It is open: from now on it is proven alive by pings, and heard with patience that has an end. */
    void opened(Duration pingEvery) {
        chatter.bound(socket);
        pings = vertx.setPeriodic(pingEvery.toMillis(), timer -> {
            chatter.forgive();
            socket.writePing(Buffer.buffer("nostr"))
                    .onFailure(failure -> lose("a ping failed: " + failure.getMessage()));
        });
    }

    /** The peer has said something that brings us on. */
    void earned() {
        chatter.earned();
    }

    void send(ClientMessage message) {
        socket.writeTextMessage(message.toJson()).onFailure(failure -> lose("sending failed: " + failure.getMessage()));
    }

    private void heard(String text) {
        if (closed) {
            return;
        }
        try {
            listener.said(RelayMessage.parse(text));
        } catch (ProtocolException e) {
            lose("it said what is no relay message: " + e.getMessage());
        }
    }

    private void lose(String why) {
        if (!closed) {
            close();
            listener.lost(why);
        }
    }

    /** Also of one that the peer has closed, though its listener does not know yet. Not to be asked before it has opened. */
    boolean isClosed() {
        return closed || socket.isClosed();
    }

    /** It never opened: should it open after all, it is closed by whoever dialled. */
    void giveUp() {
        closed = true;
    }

    /** Closes without telling the listener. The peer has the client's closing timeout for its part of the goodbye. */
    void close() {
        closed = true;
        vertx.cancelTimer(pings);
        socket.close().onFailure(alreadyGone -> {});
    }
}
