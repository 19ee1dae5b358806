package org.nostrmonitor.relay;

import org.jspecify.annotations.Nullable;

/** How one check of one relay ended. A relay's fault is a value here, never an exception. */
public sealed interface Outcome {
    /** The relay did what was asked. {@code seen} is the decisive message as received, bounded, or empty. */
    record Passed(String seen) implements Outcome {
        public Passed() {
            this("");
        }
    }

    /**
     * The relay answered, and its answer is no: {@code CLOSED} with a reason, {@code OK false}. It is alive; it is not
     * readable or writable to us.
     *
     * @param reason 100 to 199, by the machine-readable prefix of NIP-01
     * @param said the relay's message as received, bounded
     */
    record Refused(Reason reason, String said) implements Outcome {}

    /**
     * The check failed at a stage.
     *
     * @param reason 1 to 99
     * @param detail the evidence in words or as received, bounded; an HTTP status for {@code upgrade_status}
     */
    record Failed(Stage stage, Reason reason, String detail) implements Outcome {}

    /**
     * Not asked, so nothing is known.
     *
     * @param reason 200 to 299
     */
    record NotTested(Reason reason, String detail) implements Outcome {
        public NotTested(Reason reason) {
            this(reason, "");
        }
    }

    default boolean passed() {
        return this instanceof Passed;
    }

    /** The relay answered, be it with yes or no. */
    default boolean answered() {
        return this instanceof Passed || this instanceof Refused;
    }

    default boolean failed() {
        return this instanceof Failed;
    }

    default boolean tested() {
        return !(this instanceof NotTested);
    }

    /** Why it did not pass, or null if it passed. */
    default @Nullable Reason reason() {
        if (this instanceof Refused refused) {
            return refused.reason();
        }
        if (this instanceof Failed failed) {
            return failed.reason();
        }
        if (this instanceof NotTested notTested) {
            return notTested.reason();
        }
        return null;
    }

    /** The evidence: what was seen, said or found; empty if there is none. */
    default String evidence() {
        if (this instanceof Passed passed) {
            return passed.seen();
        }
        if (this instanceof Refused refused) {
            return refused.said();
        }
        if (this instanceof Failed failed) {
            return failed.detail();
        }
        return ((NotTested) this).detail();
    }
}
