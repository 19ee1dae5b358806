package org.nostrmonitor.http.view;

import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What needs a person.
 *
 * @param head what is the matter, a sentence
 * @param detail what that means, and what is known of it
 * @param remedy what to do; empty where that is said already, or nothing can be done
 */
public record Alarm(Severity severity, String head, String detail, String remedy) {
    public enum Severity {
        /** Relays are not checked, or what was found is not kept. */
        FAILURE,
        /** It will come to that, or less is known or published than should be. */
        WARNING
    }

    static Alarm of(String head, String detail) {
        return warning(head, detail, "");
    }

    /** PostgreSQL is away, and what is shown is of before. */
    static Stream<Alarm> ofBefore(String what, @Nullable Instant stale, Instant now) {
        return stale == null
                ? Stream.empty()
                : Stream.of(of(
                        "PostgreSQL does not answer.",
                        "This is how " + what + " was at " + When.of(stale, now).text()
                                + " UTC; what was found since is not in it."));
    }

    static Alarm warning(String head, String detail, String remedy) {
        return new Alarm(Severity.WARNING, Said.flat(head), Said.flat(detail), remedy);
    }

    static Alarm failure(String head, String detail, String remedy) {
        return new Alarm(Severity.FAILURE, Said.flat(head), Said.flat(detail), remedy);
    }

    public boolean failure() {
        return severity == Severity.FAILURE;
    }

    public StateMark mark() {
        return failure() ? new StateMark("off", "is-off", "Failure") : new StateMark("warn", "warn", "Warning");
    }
}
