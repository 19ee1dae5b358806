package org.nostrmonitor.http.view;

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
