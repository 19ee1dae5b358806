package org.nostrmonitor.publish;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.relay.RelayUrl;

/**
 * Brings one target what is pending for it, over one kept connection. All of it happens on the context it was made on.
 *
 * <p>It dials only when something is pending, has at most a window of events on the way, and after a failure waits for
 * itself alone. An event leaves the outbox when the target has spoken on it; until then nothing is lost, only later.
 */
final class TargetRelay implements TargetSession.Listener {
    private final Surroundings around;
    private final Context context;
    private final RelayUrl target;
    private final TargetDialler dialler;
    private final TargetFigures figures;
    private final Consumer<NostrEvent> onAccepted;
    private final SendWindow window;
    private final Settlement settlement;
    private final Suspects suspects = new Suspects();
    private final Backoff failures;
    private final Backoff limits;
    private final Promise<Void> drained = Promise.promise();

    private @Nullable TargetSession session;
    private boolean dialling;
    private boolean reading;
    private boolean waiting;
    private long waitTimer = -1;
    /** Whether the outbox may hold something that we have not read. */
    private boolean more;

    private boolean stopping;

    /** @param onAccepted hears of each event that the target took */
    TargetRelay(
            Surroundings around,
            RelayUrl target,
            TargetDialler dialler,
            TargetFigures figures,
            Consumer<NostrEvent> onAccepted) {
        this.around = around;
        this.context = around.vertx().getOrCreateContext();
        this.target = target;
        this.dialler = dialler;
        this.figures = figures;
        this.onAccepted = onAccepted;
        this.window = new SendWindow(around.pace().window());
        this.settlement = new Settlement(around, context, target, window, this::settled);
        this.failures = around.backoff();
        this.limits = around.backoff();
    }

    /** There may be something to bring. From any thread. */
    void look() {
        context.runOnContext(now -> {
            more = true;
            bring();
        });
    }

    private void bring() {
        figures.inFlight(window.unansweredSize());
        int room = session == null ? 1 : window.room();
        if (more && room > 0 && !stopping && !waiting && !dialling && !reading) {
            more = false;
            read(room, suspects.ids());
        }
    }

    private void read(int most, List<String> setAside) {
        reading = true;
        TargetSession readFor = session;
        List<String> exceptIds = new ArrayList<>(window.ids());
        exceptIds.addAll(setAside);
        around.outbox()
                .pending(target, most, exceptIds)
                .timeout(around.pace().storage().toMillis(), TimeUnit.MILLISECONDS)
                .onComplete(result -> context.runOnContext(now -> {
                    reading = false;
                    wasRead(result, most, setAside, readFor);
                }));
    }

    private void wasRead(
            AsyncResult<List<NostrEvent>> result, int most, List<String> setAside, @Nullable TargetSession readFor) {
        if (result.failed()) {
            more = true;
            failed("the outbox cannot be read: " + result.cause().getMessage());
        } else if (result.result().isEmpty()) {
            nothingElse(setAside);
        } else if (waiting || stopping || session != readFor) {
            more = true;
            bring();
        } else if (session == null) {
            dial();
        } else {
            more |= result.result().size() == most;
            result.result().forEach(session::send);
            bring();
        }
    }

    /** When nothing else is pending or on the way, those that were set aside have another try, one at a time. */
    private void nothingElse(List<String> setAside) {
        if (more || setAside.isEmpty() || !window.isEmpty()) {
            bring();
        } else if (!waiting && !stopping) {
            read(1, List.of());
        }
    }

    private void dial() {
        dialling = true;
        more = true;
        TargetSession next = new TargetSession(around, target, window, figures, this);
        dialler.dial(target, next)
                .onComplete(result -> context.runOnContext(now -> {
                    dialling = false;
                    dialled(next, result);
                }));
    }

    private void dialled(TargetSession next, AsyncResult<TargetConnection> result) {
        if (result.failed()) {
            failed("it cannot be reached: " + result.cause().getMessage());
        } else if (!next.open(result.result())) {
            failed("it closes the connection at once");
        } else if (stopping) {
            next.close();
        } else {
            session = next;
            figures.connected(true);
            bring();
        }
    }

    @Override
    public void spoken(NostrEvent event, Answer answer, String message) {
        suspects.answered(event.id());
        failures.reset();
        if (answer == Answer.ACCEPTED || answer == Answer.DUPLICATE) {
            limits.reset();
            figures.accepted();
            onAccepted.accept(event);
        } else {
            figures.refused(answer, message);
        }
        settlement.settle();
    }

    @Override
    public void limited(String message) {
        more = true;
        if (!waiting) {
            figures.failed("it limits our rate: " + message);
            waitFor(limits.next());
        }
    }

    @Override
    public void lost(String why) {
        if (session == null) {
            return;
        }
        session = null;
        figures.connected(false);
        List<NostrEvent> unanswered = window.lose();
        if (unanswered.isEmpty()) {
            waitFor(failures.next());
        } else {
            more = true;
            failed(why);
        }
        if (unanswered.size() == 1 && suspects.strike(unanswered.get(0).id())) {
            giveUp(unanswered.get(0));
        }
        drainedIfEmpty();
    }

    private void giveUp(NostrEvent event) {
        window.answered(event.id());
        figures.refused(Answer.NONE, "silent or away whenever it is sent event " + event.id());
        settlement.settle();
    }

    private void settled() {
        bring();
        drainedIfEmpty();
    }

    private void failed(String why) {
        figures.failed(why);
        waitFor(failures.next());
    }

    /** A wait that has begun is not prolonged. */
    private void waitFor(Duration wait) {
        figures.inFlight(window.unansweredSize());
        if (waiting || stopping) {
            return;
        }
        waiting = true;
        figures.waiting(around.clock().instant().plus(wait));
        waitTimer = around.vertx().setTimer(wait.toMillis(), timer -> {
            waiting = false;
            figures.waited();
            bring();
        });
    }

    /** Sends nothing more, waits for what is on the way, and closes. Completes in any case, within {@link Pace#drain}. */
    Future<Void> stop() {
        Promise<Void> closed = Promise.promise();
        context.runOnContext(now -> {
            stopping = true;
            around.vertx().cancelTimer(waitTimer);
            drainedIfEmpty();
        });
        drained.future()
                .timeout(around.pace().drain().toMillis(), TimeUnit.MILLISECONDS)
                .onComplete(drainedOrNot -> context.runOnContext(now -> {
                    close();
                    closed.complete();
                }));
        return closed.future();
    }

    private void drainedIfEmpty() {
        if (stopping && window.isEmpty()) {
            drained.tryComplete();
        }
    }

    private void close() {
        if (session != null) {
            session.close();
            session = null;
        }
        figures.connected(false);
    }
}
