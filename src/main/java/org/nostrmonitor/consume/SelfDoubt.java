package org.nostrmonitor.consume;

import java.time.Duration;
import java.util.Random;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.RelayState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether it is the relays that fail, or our own network. When relays that were up fail in numbers, or nothing comes back at
 * all, some that this worker lately reached itself are asked before any failure is believed; if they are silent too, nothing
 * is claimed and no failure is believed until they answer again. Used on one event loop.
 */
final class SelfDoubt {
    private static final Logger log = LoggerFactory.getLogger(SelfDoubt.class);

    /** So few jobs at a time tell whether the network is back where nobody else can. */
    private static final int FEELERS = 5;

    /** As many as are claimed at once: enough to reach somebody, if anybody can be reached. */
    private static final int UNTIL_SOMEBODY_IS_REACHED = 25;

    private enum State {
        /** Nobody has been reached since the start. */
        UNPROVEN,
        CALM,
        /** Witnesses are asked before anything is believed. */
        ASKING,
        /** Witnesses were silent. */
        DOUBT,
        /** In doubt, without a witness to ask: a few jobs are claimed in their stead. */
        FEELING
    }

    private final DoubtSettings settings;
    private final Random random;
    private final LongSupplier clock;
    private final DoubtFigures figures;
    private final Tally tally;
    private final Inquiry inquiry;
    private final Witnesses witnesses;
    private State state = State.UNPROVEN;
    private boolean signsCount = true;
    private long sinceNanos;
    private long trustedUntilNanos;
    private long handedBackBefore;
    private int feelers;
    private @Nullable WitnessRound silentRound;

    /** @param clock nanoseconds, monotonic */
    SelfDoubt(DoubtSettings settings, Inquiry.Asking asking, Random random, LongSupplier clock, DoubtFigures figures) {
        this.settings = settings;
        this.random = random;
        this.clock = clock;
        this.figures = figures;
        this.sinceNanos = clock.getAsLong();
        this.trustedUntilNanos = sinceNanos;
        this.tally = new Tally(settings.window(), sinceNanos);
        this.inquiry = new Inquiry(settings, asking, random, clock, figures, this::decide);
        this.witnesses = inquiry.witnesses();
    }

    /** Hears what a probe found. False if it is a failure that may be ours: it is not to be stored, and its job to go back. */
    boolean believes(CheckJob job, CheckReport report) {
        long now = clock.getAsLong();
        if (report.state().isUp()) {
            tally.answered(job.relay().host(), job.wasUp(), now);
            witnesses.remember(job.relay());
            reached(now);
        } else if (report.state() == RelayState.OFFLINE) {
            boolean sign = NetworkSign.in(report);
            tally.failed(job.relay().host(), job.wasUp(), sign, now);
            if (sign && signsCount) {
                reached(now);
            }
            return believesFailure(now);
        }
        return true;
    }

    private void reached(long now) {
        if (state == State.UNPROVEN || state == State.FEELING) {
            calm(now);
        }
    }

    private boolean believesFailure(long now) {
        if (!doubting() && state != State.ASKING) {
            tally.forgetOld(now);
            suspect(now);
        }
        boolean hasReachedNobody =
                state == State.UNPROVEN && now - sinceNanos < settings.window().toNanos();
        boolean believed = !doubting() && state != State.ASKING && !hasReachedNobody;
        if (!believed) {
            figures.handedBack();
        }
        return believed;
    }

    private void suspect(long now) {
        boolean isTrusted = state == State.CALM && now - trustedUntilNanos < 0;
        if (isTrusted || !(tally.upFail() || tally.allSilent(now))) {
            return;
        }
        inquiry.hurry();
        handedBackBefore = figures.handedBackSoFar();
        if (witnesses.isEmpty()) {
            signsCount = !tally.upFail();
            enter(State.FEELING, now);
            begin();
        } else {
            enter(State.ASKING, now);
            inquiry.askIfDue();
        }
    }

    private void enter(State next, long now) {
        state = next;
        sinceNanos = now;
    }

    private void begin() {
        figures.doubt();
        log.warn("Doubt begins: {}", note());
    }

    private void calm(long now) {
        if (doubting()) {
            log.info(
                    "Doubt ends: our own network works. It lasted {} s; {} failures were not believed",
                    Duration.ofNanos(now - sinceNanos).toSeconds(),
                    figures.handedBackSoFar() - handedBackBefore);
        }
        enter(State.CALM, now);
        tally.clear(now);
        signsCount = true;
        silentRound = null;
    }

    /** To be called often: does what is due. */
    void tick() {
        if (state == State.FEELING && inquiry.isDue()) {
            feelers = FEELERS;
        } else if (state == State.ASKING || state == State.DOUBT) {
            inquiry.askIfDue();
        }
    }

    private void decide(WitnessRound round) {
        long now = clock.getAsLong();
        if (round.works()) {
            if (state == State.ASKING) {
                trustedUntilNanos = now + settings.window().toNanos();
            }
            if (state == State.ASKING || state == State.DOUBT) {
                calm(now);
            }
        } else if (state == State.ASKING) {
            silentRound = round;
            state = State.DOUBT;
            begin();
        } else if (state == State.DOUBT) {
            silentRound = round;
        }
    }

    /** How many jobs may be claimed now. */
    int mostClaims(int busy) {
        return switch (state) {
            case CALM -> Integer.MAX_VALUE;
            case UNPROVEN -> tally.silent() == 0 ? Integer.MAX_VALUE : Math.max(0, UNTIL_SOMEBODY_IS_REACHED - busy);
            case FEELING -> feelers;
            case ASKING, DOUBT -> 0;
        };
    }

    void claimed(int jobs) {
        feelers = Math.max(0, feelers - jobs);
    }

    /** What is stored as offline is no witness. */
    void stored(CheckReport report) {
        if (report.state() == RelayState.OFFLINE) {
            witnesses.forget(report.relay());
        }
    }

    /** How long a job waits whose failure was not believed: longer, the longer it lasts, so that none runs hot. */
    Duration handBack() {
        long lastedMs = Duration.ofNanos(clock.getAsLong() - sinceNanos).toMillis();
        long ms = Math.max(
                settings.leastBack().toMillis(),
                Math.min(lastedMs, settings.mostBack().toMillis()));
        return Duration.ofMillis(ms + random.nextLong(ms / 2 + 1));
    }

    /** Whether nothing is claimed and no failure believed, since our own network may be at fault. */
    boolean doubting() {
        return state == State.DOUBT || state == State.FEELING;
    }

    /** A sentence, or {@link WorkerNote#NOTHING}. */
    String note() {
        if (state == State.ASKING) {
            return WorkerNote.suspicion(failures());
        }
        return doubting() ? WorkerNote.doubt(failures(), silentRound) : WorkerNote.NOTHING;
    }

    private String failures() {
        return tally.upFail()
                ? WorkerNote.upFail(tally.upFailed(), tally.up())
                : WorkerNote.allSilent(tally.silent(), tally.silence(clock.getAsLong()));
    }
}
