package org.nostrmonitor.http.view;

/** What needs a person: what is the matter in a sentence, and what that means or what to do in another. */
public record Alarm(String head, String detail) {
    static Alarm of(String head, String detail) {
        return new Alarm(Said.flat(head), Said.flat(detail));
    }
}
