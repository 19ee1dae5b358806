package org.nostrmonitor.publish;

import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.link.Link;
import org.nostrmonitor.nostr.ClientMessage;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.nostr.ProtocolException;
import org.nostrmonitor.nostr.RelayMessage;
import org.nostrmonitor.publish.Authentication.Standing;
import org.nostrmonitor.publish.SendWindow.Sent;
import org.nostrmonitor.relay.RelayUrl;

/**
 * What is said on one connection to a target: events out, their answers in, and who we are when it asks (NIP-42).
 *
 * <p>A target that answers nothing for the time of {@link Pace#answer} while events wait is given up. A slow one that
 * keeps answering is not, however many events wait.
 */
final class TargetSession implements Link.Listener {
    private static final int BYTES_PER_ANSWER = 4 << 10;

    private final Vertx vertx;
    private final SendWindow window;
    private final Listener listener;
    private final TargetFigures figures;
    private final Authentication authentication;
    private final long patienceNanos;
    private @Nullable Link connection;
    private boolean watching;
    private long heardNanos;

    /** Hears nothing more of a session once it has closed it or was told that it is lost. */
    interface Listener {
        /** The target's last word on an event. */
        void spoken(NostrEvent event, Answer answer, String message);

        /** Not now: the event is still to be sent. */
        void limited(NostrEvent event, String message);

        void lost(String why);
    }

    TargetSession(Surroundings around, RelayUrl target, SendWindow window, TargetFigures figures, Listener listener) {
        this.vertx = around.vertx();
        this.window = window;
        this.figures = figures;
        this.listener = listener;
        this.patienceNanos = around.pace().answer().toNanos();
        this.authentication = new Authentication(target, around.keys(), around.clock(), this::write);
    }

    @Override
    public void dialling(Link dialled) {
        connection = dialled;
    }

    /** The connection is open. False if it is lost already. */
    boolean open() {
        heardNanos = System.nanoTime();
        return !isClosed();
    }

    void send(NostrEvent event) {
        send(event, false);
    }

    /** What cannot be sent any more is not on the way: it is still pending. */
    private void send(NostrEvent event, boolean afterAuth) {
        if (isClosed()) {
            return;
        }
        window.sent(new Sent(event, System.nanoTime(), afterAuth));
        authentication.standing(event.pubkey());
        write(new ClientMessage.Event(event));
        figures.sent();
        watchSilence();
    }

    private void write(ClientMessage message) {
        Link open = connection;
        if (open != null && !open.isClosed()) {
            open.send(message);
        }
    }

    @Override
    public void said(String text) throws ProtocolException {
        RelayMessage message = RelayMessage.parse(text);
        if (message instanceof RelayMessage.Auth auth) {
            authentication.challenged(auth.challenge());
        } else if (message instanceof RelayMessage.Ok ok) {
            if (authentication.answered(ok)) {
                heard();
                sendAgainWhatWaited(ok);
            } else {
                answered(ok);
            }
        }
    }

    /** Only what brings us on counts: who repeats itself, or speaks of what it was never sent, is silent. */
    private void heard() {
        heardNanos = System.nanoTime();
        if (connection != null) {
            connection.earned(BYTES_PER_ANSWER);
        }
    }

    private void answered(RelayMessage.Ok ok) {
        Sent sent = window.find(ok.eventId());
        if (sent == null) {
            return;
        }
        Answer answer = Answer.of(ok);
        if (sent.waitsForAuth() && answer == Answer.AUTH_REQUIRED) {
            return;
        }
        heard();
        switch (answer) {
            case RATE_LIMITED -> {
                window.limited(ok.eventId());
                listener.limited(sent.event(), ok.message());
            }
            case AUTH_REQUIRED -> authRequired(sent, ok.message());
            default -> speak(sent.event(), answer, ok.message());
        }
    }

    private void speak(NostrEvent event, Answer answer, String message) {
        window.answered(event.id(), answer, message);
        listener.spoken(event, answer, message);
    }

    /** Without a challenge the event waits for one, as long as the target may be silent. */
    private void authRequired(Sent sent, String message) {
        if (sent.afterAuth()) {
            speak(sent.event(), Answer.AUTH_REQUIRED, message);
            return;
        }
        window.refusedForAuth(sent);
        switch (authentication.standing(sent.event().pubkey())) {
            case ACCEPTED -> send(sent.event(), true);
            case REFUSED -> speak(sent.event(), Answer.AUTH_REQUIRED, message);
            case UNASKED, CLAIMED -> {}
        }
    }

    private void sendAgainWhatWaited(RelayMessage.Ok ok) {
        for (Sent sent : window.unanswered()) {
            if (sent.waitsForAuth()) {
                Standing standing = authentication.standing(sent.event().pubkey());
                if (standing == Standing.ACCEPTED) {
                    send(sent.event(), true);
                } else if (standing == Standing.REFUSED) {
                    Answer why = Answer.of(ok) == Answer.RESTRICTED ? Answer.RESTRICTED : Answer.AUTH_REQUIRED;
                    speak(sent.event(), why, ok.message());
                }
            }
        }
    }

    private void watchSilence() {
        if (!watching) {
            watching = true;
            watchAfter(patienceNanos);
        }
    }

    private void watchAfter(long nanos) {
        vertx.setTimer(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)), timer -> {
            Long oldest = window.oldestNanos();
            if (isClosed() || oldest == null) {
                watching = false;
                return;
            }
            long silent = System.nanoTime() - Math.max(oldest, heardNanos);
            if (silent < patienceNanos) {
                watchAfter(patienceNanos - silent);
            } else {
                close();
                listener.lost(silence());
            }
        });
    }

    private String silence() {
        boolean allWait = window.unanswered().stream().allMatch(Sent::waitsForAuth);
        if (!allWait) {
            return "it does not answer";
        }
        return authentication.wasChallenged()
                ? "it does not answer who we said we are (NIP-42)"
                : "it wants to know who we are, but sends no challenge (NIP-42)";
    }

    @Override
    public void lost(String why) {
        listener.lost(why);
    }

    private boolean isClosed() {
        return connection == null || connection.isClosed();
    }

    void close() {
        if (connection != null) {
            connection.close();
        }
    }
}
