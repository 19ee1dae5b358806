package org.nostrmonitor.http.view;

import org.jspecify.annotations.Nullable;

/** A sentence with at most one moment in it. */
public record Sentence(String before, @Nullable When time, String after) {
    public static Sentence of(String text) {
        return new Sentence(text, null, "");
    }

    /** For a title, where no element can stand. */
    public String flat() {
        return before + (time == null ? "" : time.text()) + after;
    }
}
