package org.nostrmonitor.consume;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayState;

/** A relay that was up is not called down for one failure: it is looked at again, twice at most, before that is stored. */
final class Confirmation {
    private static final int LOOKS = 2;
    /** A tenth of the wait: so that relays that failed together are not looked at again together. */
    private static final int JITTER = 10;

    private final CheckFigures figures;
    private final Duration wait;
    private final RandomGenerator random;

    /** @param wait before it is looked at again */
    Confirmation(CheckFigures figures, Duration wait, RandomGenerator random) {
        this.figures = figures;
        this.wait = wait;
        this.random = random;
    }

    /** Whether the report is not to be stored, but the relay to be looked at again. */
    boolean isDue(CheckJob job, CheckReport report) {
        return job.wasUp() && report.state() == RelayState.OFFLINE && job.confirmation() < LOOKS;
    }

    Duration delay() {
        return wait.plusMillis(random.nextLong(wait.toMillis() / JITTER + 1));
    }

    /** Why the job waits, for people. */
    static String why(CheckJob job, CheckReport report) {
        Outcome decisive = report.decisive();
        Reason reason = decisive.reason();
        String how = reason == null ? "it failed" : reason.label();
        return "it was up and now fails (" + how + "): looked at again, " + (job.confirmation() + 1) + " of " + LOOKS;
    }

    void asked() {
        figures.confirmation();
    }

    /** Counts how it ended, if an outage was to be confirmed. */
    void stored(CheckJob job, CheckReport report) {
        boolean isKnown = report.state() != RelayState.UNKNOWN;
        if (job.confirmation() > 0 && isKnown) {
            figures.outage(report.state() == RelayState.OFFLINE);
        }
    }
}
