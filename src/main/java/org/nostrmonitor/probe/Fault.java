package org.nostrmonitor.probe;

import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.Outcome.Failed;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.Stage;

/**
 * A check that is over before its end: carries the outcome up the chain of futures to the one place that makes it a value
 * again. Never leaves the package.
 */
final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Outcome outcome;

    Fault(Outcome outcome) {
        super(outcome.toString(), null, false, false);
        this.outcome = outcome;
    }

    Fault(Stage stage, Reason reason, String detail) {
        this(new Failed(stage, reason, Evidence.bounded(detail)));
    }

    static Fault of(Stage stage, Reason reason, Throwable cause) {
        String message = cause.getMessage();
        return new Fault(stage, reason, message == null ? cause.getClass().getSimpleName() : message);
    }

    Outcome outcome() {
        return outcome;
    }

    /** The same trouble, met within another stage: a redirect of a NIP-11 fetch that leads to a dead host. */
    Fault within(Stage stage) {
        return outcome instanceof Failed failed ? new Fault(stage, failed.reason(), failed.detail()) : this;
    }
}
