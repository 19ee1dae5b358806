package org.nostrmonitor.probe;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.nostr.ClientMessage;
import org.nostrmonitor.nostr.ProtocolException;
import org.nostrmonitor.nostr.RelayMessage;
import org.nostrmonitor.relay.Outcome.Failed;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.Stage;

/** An open WebSocket to a relay: one question at a time, asked and answered on the event loop. */
final class RelayConnection {
    private static final long LINGER_MS = 1_000;

    private record End(Reason reason, String detail) {}

    private final Line line;
    private final EventLoop loop;
    private Consumer<RelayMessage> listener = message -> {};
    private Runnable onEnd = () -> {};
    private Consumer<Throwable> onBreak = cause -> {};
    private @Nullable End end;
    private @Nullable Throwable broken;
    private @Nullable String challenge;
    private @Nullable String notice;
    private @Nullable String nonsense;
    private String lastHeard = "";

    RelayConnection(Line line) {
        this.line = line;
        this.loop = line.channel().eventLoop();
    }

    /** Says something and does not wait for an answer. */
    void send(ClientMessage message) {
        if (!isOver()) {
            line.channel()
                    .writeAndFlush(new TextWebSocketFrame(message.toJson()))
                    .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        }
    }

    /** When our last words went, or {@code since} if that was before; on the monotonic clock. */
    long sentNanos(long since) {
        return line.guard().sentNanos(since);
    }

    /** When the relay's last words were there, on the monotonic clock. */
    long heardNanos() {
        return line.guard().heardNanos();
    }

    /**
     * Says something and waits for what {@code judge} takes for the answer. Completes empty if there is none by the deadline
     * or before the connection's end; {@link #unanswered} says which. Fails if this program did.
     */
    <T> Future<Optional<T>> ask(ClientMessage message, Deadline deadline, Function<RelayMessage, Optional<T>> judge) {
        Future<Optional<T>> answer = await(deadline, judge);
        send(message);
        return answer;
    }

    /** The same for what comes unasked. */
    <T> Future<Optional<T>> await(Deadline deadline, Function<RelayMessage, Optional<T>> judge) {
        if (broken != null) {
            return Future.failedFuture(broken);
        }
        if (isOver()) {
            return Future.succeededFuture(Optional.empty());
        }
        Promise<Optional<T>> promise = Promise.promise();
        ScheduledFuture<?> alarm = loop.schedule(
                () -> promise.tryComplete(Optional.empty()), deadline.leftMillis(), TimeUnit.MILLISECONDS);
        listener = message -> consider(message, judge, promise);
        onEnd = () -> promise.tryComplete(Optional.empty());
        onBreak = promise::tryFail;
        return promise.future().onComplete(result -> {
            alarm.cancel(false);
            listener = message -> {};
            onEnd = () -> {};
            onBreak = cause -> {};
        });
    }

    /** An exception here is an error of this program: it must not pass for an end of the connection. */
    private static <T> void consider(
            RelayMessage message, Function<RelayMessage, Optional<T>> judge, Promise<Optional<T>> promise) {
        try {
            Optional<T> answer = judge.apply(message);
            if (answer.isPresent()) {
                promise.tryComplete(answer);
            }
        } catch (RuntimeException e) {
            promise.tryFail(e);
        }
    }

    /** Why there was no answer: the connection's end, nonsense instead of Nostr, or silence. */
    Failed unanswered(Stage stage) {
        if (end != null) {
            return new Failed(stage, end.reason(), Evidence.bounded(end.detail()));
        }
        return nonsense == null ? new Failed(stage, Reason.NO_REPLY, "") : new Failed(stage, Reason.PROTOCOL, nonsense);
    }

    /** The last NIP-42 challenge, if one came. */
    Optional<String> challenge() {
        return Optional.ofNullable(challenge);
    }

    /** The last NOTICE, if one came since the last {@link #turnToAnother}. */
    Optional<String> notice() {
        return Optional.ofNullable(notice);
    }

    /** The message that is being judged, as received. */
    String lastHeard() {
        return lastHeard;
    }

    /** Another question begins: what was said to the one before is no answer to this one. */
    void turnToAnother() {
        notice = null;
        nonsense = null;
    }

    boolean isOver() {
        return end != null;
    }

    /** A text message came. */
    void hear(String text) {
        lastHeard = text;
        try {
            RelayMessage message = RelayMessage.parse(text);
            if (message instanceof RelayMessage.Auth auth) {
                challenge = auth.challenge();
            } else if (message instanceof RelayMessage.Notice said) {
                notice = said.message();
            }
            listener.accept(message);
        } catch (ProtocolException e) {
            distrust(e.getMessage() + ": " + text);
        }
    }

    /** Remembers the first thing that was not to be believed; it counts only if nothing better comes. */
    void distrust(String what) {
        if (nonsense == null) {
            nonsense = Evidence.bounded(what);
        }
    }

    void end(Fault fault) {
        if (fault.outcome() instanceof Failed failed) {
            end(failed.reason(), failed.detail());
        }
    }

    /** An error of this program in the middle of reading: what the relay said or did is no longer known. */
    void broke(Throwable cause) {
        broken = cause;
        onBreak.accept(cause);
    }

    /** The connection is over; the first reason counts. */
    void end(Reason reason, String detail) {
        if (end == null) {
            end = new End(reason, detail);
            onEnd.run();
        }
    }

    /** Says goodbye and closes; without ceremony after a second. */
    void close() {
        if (!line.channel().isActive()) {
            return;
        }
        end(Reason.CLOSED, "by us");
        ScheduledFuture<?> alarm = loop.schedule(line::drop, LINGER_MS, TimeUnit.MILLISECONDS);
        line.channel().closeFuture().addListener(closed -> alarm.cancel(false));
        line.channel()
                .writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE))
                .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }
}
