package org.nostrmonitor.consume;

import io.vertx.core.Future;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.nostrmonitor.consume.WitnessRound.Testimony;
import org.nostrmonitor.relay.RelayUrl;

/** Asks witnesses whether our network works, round after round, one at a time. Used on one event loop. */
final class Inquiry {
    private final Asking asking;
    private final Random random;
    private final LongSupplier clock;
    private final DoubtFigures figures;
    private final Witnesses witnesses;
    private final long everyNanos;
    private final Consumer<WitnessRound> verdict;
    private long nextNanos;
    private boolean roundIsOpen;

    /** Whom to ask. Completes with what it says; never fails. */
    interface Asking {
        Future<Testimony> ask(RelayUrl relay);
    }

    /** @param verdict told once of each round that comes to one, as soon as it does */
    Inquiry(
            DoubtSettings settings,
            Asking asking,
            Random random,
            LongSupplier clock,
            DoubtFigures figures,
            Consumer<WitnessRound> verdict) {
        this.asking = asking;
        this.random = random;
        this.clock = clock;
        this.figures = figures;
        this.witnesses = new Witnesses(settings.rest(), random);
        this.everyNanos = settings.every().toNanos();
        this.verdict = verdict;
    }

    Witnesses witnesses() {
        return witnesses;
    }

    /** The next step need not wait. */
    void hurry() {
        nextNanos = clock.getAsLong();
    }

    /** Whether it is time for the next step; then the one after that is a while away. */
    boolean isDue() {
        long now = clock.getAsLong();
        boolean isDue = now - nextNanos >= 0 && !roundIsOpen;
        if (isDue) {
            long fifth = everyNanos / 5;
            nextNanos = now + everyNanos - fifth + random.nextLong(2 * fifth + 1);
        }
        return isDue;
    }

    /** Asks those that can be asked now, if it is time for it. */
    void askIfDue() {
        if (isDue()) {
            List<RelayUrl> chosen = witnesses.choose(clock.getAsLong());
            WitnessRound round = new WitnessRound(chosen.size());
            roundIsOpen = !chosen.isEmpty();
            chosen.forEach(relay -> asking.ask(relay)
                    .onComplete(said -> heard(round, relay, said.succeeded() ? said.result() : Testimony.NONE)));
        }
    }

    private void heard(WitnessRound round, RelayUrl relay, Testimony testimony) {
        boolean wasDecided = round.isDecided();
        round.hear(relay, testimony);
        if (!wasDecided && round.isDecided()) {
            figures.round(round.works());
            verdict.accept(round);
        }
        if (round.isOver()) {
            witnesses.learn(round);
            roundIsOpen = false;
        }
    }
}
