package org.nostrmonitor.http.view;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A figure: a name, a number with its unit, and what it was made from.
 *
 * @param mark a state in front of the name, or null
 * @param href where the name leads, or null
 * @param value null if it was not measured
 * @param time in place of a value, or null
 * @param css of the value
 */
public record Fig(
        String name,
        @Nullable StateMark mark,
        @Nullable String href,
        @Nullable String value,
        String unit,
        @Nullable When time,
        String note,
        String css) {

    static Fig count(String name, long n, String note) {
        return new Fig(name, null, null, Numbers.count(n), "", null, note, "");
    }

    static Fig ms(String name, @Nullable Duration duration, String note) {
        return new Fig(name, null, null, Numbers.msOrNull(duration), duration == null ? "" : "ms", null, note, "");
    }

    static Fig span(String name, @Nullable Duration duration, String note) {
        return new Fig(name, null, null, duration == null ? null : Numbers.span(duration), "", null, note, "");
    }

    static Fig time(String name, @Nullable When time, String note) {
        return new Fig(name, null, null, null, "", time, note, "");
    }

    static Fig percent(String name, long part, long whole, String note) {
        boolean any = whole > 0;
        String value = any ? Numbers.percent(part, whole, 2) : null;
        String css = any && part < whole && 100 * part < 95 * whole ? "bad" : "";
        return new Fig(name, null, null, value, any ? "%" : "", null, note, css);
    }
}
