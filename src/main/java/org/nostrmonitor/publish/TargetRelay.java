package org.nostrmonitor.publish;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.link.Backoff;
import org.nostrmonitor.link.DialFailure;
import org.nostrmonitor.link.Dialler;
import org.nostrmonitor.link.Link;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.relay.RelayUrl;

/**
 * Brings one target what is pending for it, over one kept connection. All of it happens on the context it was made on.
 *
 * <p>It dials only when something is pending, has at most a window of events on the way, and after a failure waits for
 * itself alone. An event leaves the outbox when the target has spoken on it; until then nothing is lost, only later.
 */
final class TargetRelay implements TargetSession.Listener, PendingReader.Listener {
    private final Surroundings around;
    private final Context context;
    private final RelayUrl target;
    private final Dialler dialler;
    private final TargetFigures figures;
    private final Consumer<NostrEvent> onAccepted;
    private final SendWindow window;
    private final Settlement settlement;
    private final SetAside setAside = new SetAside();
    private final PendingReader reader;
    private final Pause pause;
    private final Backoff failures;
    private final Backoff limits;
    private final Drain drain;

    private @Nullable TargetSession session;
    private boolean dialling;

    /** @param onAccepted hears of each event that the target took */
    TargetRelay(
            Surroundings around,
            RelayUrl target,
            Dialler dialler,
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
        this.reader = new PendingReader(around, context, target, window, setAside, this);
        this.pause = new Pause(around, figures, this::bring);
        this.drain = new Drain(context, window);
        this.failures = around.backoff();
        this.limits = around.backoff();
    }

    /** There may be something to bring. From any thread. */
    void look() {
        context.runOnContext(now -> {
            reader.mayHoldMore();
            bring();
        });
    }

    private void bring() {
        figures.inFlight(window.unansweredSize());
        int room = session == null ? 1 : window.room();
        if (room > 0 && !drain.isOn() && !pause.isOn() && !dialling) {
            reader.read(room, session);
        }
    }

    @Override
    public void found(List<NostrEvent> events, @Nullable TargetSession readFor) {
        TargetSession open = session;
        if (pause.isOn() || drain.isOn() || open != readFor) {
            reader.giveBack(events);
        } else if (open == null) {
            reader.giveBack(events);
            dial();
        } else {
            events.forEach(open::send);
        }
        bring();
    }

    @Override
    public void foundNothing() {
        bring();
    }

    @Override
    public void unreadable(String why) {
        failed(why);
    }

    private void dial() {
        dialling = true;
        TargetSession next = new TargetSession(around, target, window, figures, this);
        dialler.dial(target, next)
                .onComplete(result -> context.runOnContext(now -> {
                    dialling = false;
                    dialled(next, result);
                }));
    }

    private void dialled(TargetSession next, AsyncResult<Link> result) {
        if (result.failed()) {
            failed("it cannot be reached: " + DialFailure.describe(result.cause()));
        } else if (!next.open()) {
            failed("it closes the connection at once");
        } else if (drain.isOn()) {
            next.close();
        } else {
            session = next;
            figures.connected(true);
            bring();
        }
    }

    @Override
    public void spoken(NostrEvent event, Answer answer, String message) {
        setAside.answered(event.id());
        failures.reset();
        if (answer == Answer.ACCEPTED || answer == Answer.DUPLICATE) {
            limits.reset();
            figures.accepted(around.clock().instant());
            onAccepted.accept(event);
        } else {
            figures.refused(answer, message);
        }
        settlement.settle();
    }

    @Override
    public void limited(NostrEvent event, String message) {
        setAside.later(event.id());
        reader.mayHoldMore();
        if (!pause.isOn()) {
            figures.failed("it limits our rate: " + message);
            pause.begin(limits.next());
        }
    }

    @Override
    public void lost(String why) {
        if (session == null) {
            return;
        }
        session = null;
        figures.connected(false);
        reader.mayHoldMore();
        List<NostrEvent> unanswered = window.lose();
        figures.inFlight(0);
        if (unanswered.isEmpty()) {
            pause.begin(failures.next());
        } else {
            failed(why);
        }
        if (unanswered.size() == 1 && setAside.strike(unanswered.get(0).id())) {
            giveUp(unanswered.get(0));
        }
        drain.look();
    }

    private void giveUp(NostrEvent event) {
        String why = "silent or away whenever it is sent this event";
        window.answered(event.id(), Answer.NONE, why);
        figures.refused(Answer.NONE, why + ": " + event.id());
        settlement.settle();
    }

    private void settled() {
        bring();
        drain.look();
    }

    private void failed(String why) {
        figures.failed(why);
        figures.inFlight(window.unansweredSize());
        pause.begin(failures.next());
    }

    /** Sends nothing more, waits for what is on the way, and closes. Completes in any case, within {@link Pace#drain}. */
    Future<Void> stop() {
        return drain.begin(around.pace().drain(), pause::endForEver, this::close);
    }

    private void close() {
        if (session != null) {
            session.close();
            session = null;
        }
        figures.connected(false);
    }
}
