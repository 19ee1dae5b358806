package org.nostrmonitor.relayserver;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.nostr.RelayMessage;

/**
 * One client and its socket: what it says goes to its conversation, what it is told goes out through here, and it is asked
 * now and then whether it still listens. Used on one event loop.
 */
final class Client implements Inbox.Reader {
    /** How long its side of the goodbye is waited for. */
    private static final long GOODBYE_MS = 1_000;

    private final Vertx vertx;
    private final ServerWebSocket socket;
    private final @Nullable String site;
    private final RelayLimits limits;
    private final RelayFigures figures;
    private final Runnable cut;
    private final Outgoing outgoing;
    private final Conversation conversation;
    private final long pings;
    private long lastHeard = System.nanoTime();
    private @Nullable Buffer unanswered;
    private int pinged;
    private boolean gone;

    /**
     * @param site of which all connections are counted together, or null for one that is not limited
     * @param cut closes the connection at once, whatever waits in it
     * @param left told once when the client is gone, whoever ended it
     */
    Client(
            Vertx vertx,
            ServerWebSocket socket,
            @Nullable String site,
            RelayLimits limits,
            Answers.Shared shared,
            Runnable cut,
            Consumer<Client> left) {
        this.vertx = vertx;
        this.socket = socket;
        this.site = site;
        this.limits = limits;
        this.figures = shared.figures();
        this.cut = cut;
        this.outgoing = new Outgoing(vertx, socket, limits, () -> drop("slow"));
        this.conversation = new Conversation(this, limits, shared);
        Inbox inbox = new Inbox(limits, new Allowance(limits, System::nanoTime), this);
        socket.frameHandler(inbox::take);
        socket.exceptionHandler(broken -> drop("protocol"));
        socket.closeHandler(closed -> {
            leave();
            left.accept(this);
        });
        this.pings = vertx.setPeriodic(limits.ping().toMillis(), due -> ask());
    }

    @Nullable
    String site() {
        return site;
    }

    void say(String json) {
        outgoing.send(json);
    }

    void say(RelayMessage message) {
        outgoing.send(message.toJson());
    }

    /** Completes when most of what was said has left; fails when the client is gone. */
    Future<Void> room() {
        return outgoing.room();
    }

    void end(Subscription subscription, String words) {
        conversation.end(subscription, words);
    }

    void refuseWaiting(String words) {
        conversation.refuseWaiting(words);
    }

    @Override
    public void text(String text, boolean allowed) {
        if (!gone) {
            lastHeard = System.nanoTime();
            conversation.hear(text, allowed);
        }
    }

    @Override
    public void pong(Buffer payload) {
        if (payload.equals(unanswered)) {
            unanswered = null;
        }
    }

    @Override
    public void end(int code, String why) {
        figures.sentAway("protocol");
        close(code, why).onFailure(broken -> cut.run());
    }

    /** A number that changes: who does not read cannot know what to answer. */
    private void ask() {
        if (unanswered != null) {
            drop("silent");
        } else if (conversation.isIdle()
                && System.nanoTime() - lastHeard > limits.idle().toNanos()) {
            figures.sentAway("idle");
            close(1000, "nothing was asked for a while").onFailure(broken -> cut.run());
        } else {
            Buffer number = Buffer.buffer().appendInt(++pinged);
            unanswered = number;
            socket.writePing(number).onFailure(broken -> drop("silent"));
        }
    }

    /** Says goodbye; if that is not answered, the connection is cut. */
    Future<Void> close(int code, String why) {
        leave();
        long late = vertx.setTimer(GOODBYE_MS, due -> cut.run());
        return socket.close((short) code, why).onComplete(closed -> vertx.cancelTimer(late));
    }

    private void drop(String why) {
        if (!gone) {
            figures.sentAway(why);
        }
        leave();
        cut.run();
    }

    /** Cuts the connection, at the end of this process. */
    void cut() {
        leave();
        cut.run();
    }

    private void leave() {
        if (!gone) {
            gone = true;
            vertx.cancelTimer(pings);
            conversation.close();
            outgoing.close();
        }
    }
}
