package org.nostrmonitor.link;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import java.time.Duration;
import org.nostrmonitor.nostr.ClientMessage;
import org.nostrmonitor.nostr.ProtocolException;

/** One WebSocket to a relay, kept alive with pings. Once it is closed, by either side, its listener hears no more of it. */
public final class Link {
    private final Vertx vertx;
    private final WebSocket socket;
    private final Listener listener;
    private final Chatter chatter;
    private long pings = -1;
    private boolean closed;

    /** Is called on the context that dialled. */
    public interface Listener {
        /** It is about to open. A relay may speak, and be answered, before whoever dialled knows that it is. */
        void dialling(Link connection);

        /**
         * A text message.
         *
         * @throws ProtocolException if the relay is to be left because of it
         */
        void said(String text) throws ProtocolException;

        /** The connection is gone, not by {@link Link#close}. At most once. */
        void lost(String why);
    }

    Link(Vertx vertx, WebSocket socket, int freeBytes, Listener listener) {
        this.vertx = vertx;
        this.socket = socket;
        this.listener = listener;
        this.chatter = new Chatter(freeBytes, () -> lose("it talks without end, and answers nothing"));
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

    /** The peer has said something that brings us on, and may say so many bytes more. On the context of the link. */
    public void earned(long bytes) {
        chatter.earned(bytes);
    }

    /** Hears nothing more until {@link #resume}: what the peer goes on sending waits with it. */
    public void pause() {
        socket.pause();
    }

    public void resume() {
        socket.resume();
    }

    public void send(ClientMessage message) {
        socket.writeTextMessage(message.toJson()).onFailure(failure -> lose("sending failed: " + failure.getMessage()));
    }

    private void heard(String text) {
        if (closed) {
            return;
        }
        try {
            listener.said(text);
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
    public boolean isClosed() {
        return closed || socket.isClosed();
    }

    /** It never opened: should it open after all, it is closed by whoever dialled. */
    void giveUp() {
        closed = true;
    }

    /** Closes without telling the listener. The peer has the client's closing timeout for its part of the goodbye. */
    public void close() {
        closed = true;
        vertx.cancelTimer(pings);
        socket.close().onFailure(alreadyGone -> {});
    }
}
