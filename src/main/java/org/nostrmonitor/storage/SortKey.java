package org.nostrmonitor.storage;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.storage.RelayViews.InvalidCursor;
import org.nostrmonitor.storage.RelayViews.Sort;

/**
 * What a list is sorted by: each has an index, see {@code V8__list.sql}.
 *
 * @param expression of a row of {@code relay_summary s}
 * @param kind how its values stand in a cursor
 * @param known which rows have a value; null if all have. The others come last, whichever way it goes
 */
record SortKey(String expression, Kind kind, @Nullable String known) {
    enum Kind {
        TEXT,
        NUMBER,
        TIME
    }

    static SortKey of(Sort sort) {
        return switch (sort) {
            case URL -> new SortKey("s.url", Kind.TEXT, null);
            case NAME -> text("left(lower(s.name), 64) COLLATE \"C\"");
            case STATE -> new SortKey("s.state", Kind.NUMBER, "s.state > 0");
            case NETWORK -> new SortKey("s.network", Kind.NUMBER, null);
            case SINCE -> new SortKey("s.since", Kind.TIME, null);
            case CHECKED -> new SortKey("s.checked_at", Kind.TIME, "s.checked_at IS NOT NULL");
            case ADDED -> new SortKey("s.added_at", Kind.TIME, null);
            case OPEN -> number("s.open_us");
            case READ -> number("s.read_us");
            case WRITE -> number("s.write_us");
            case WRITABLE -> number("(s.writable::integer)");
            case SOFTWARE -> text("left(s.software, 200) COLLATE \"C\"");
            case COUNTRY -> text("s.country");
            case ASN -> number("s.asn");
            case UPTIME -> number("s.uptime");
        };
    }

    private static SortKey text(String expression) {
        return new SortKey(expression, Kind.TEXT, expression + " IS NOT NULL");
    }

    private static SortKey number(String expression) {
        return new SortKey(expression, Kind.NUMBER, expression + " IS NOT NULL");
    }

    /** Those without a value. */
    String unknown() {
        return "NOT (" + known + ")";
    }

    /** The value as text for a cursor. */
    String place() {
        return kind == Kind.TIME ? "(extract(epoch FROM s.%s) * 1000000)::bigint::text".formatted(column()) : text();
    }

    private String text() {
        return "(" + expression + ")::text";
    }

    private String column() {
        return expression.substring(expression.indexOf('.') + 1);
    }

    /** The value as a parameter of a statement. */
    String cast(String parameter) {
        return switch (kind) {
            case TEXT -> parameter + "::text COLLATE \"C\"";
            case NUMBER -> parameter + "::bigint";
            case TIME -> parameter + "::timestamptz";
        };
    }

    /** @throws InvalidCursor if the text, of a stranger, is no such value */
    Object value(String place) {
        try {
            return switch (kind) {
                case TEXT -> place;
                case NUMBER -> Long.valueOf(place);
                case TIME -> Columns.time(Instant.EPOCH.plus(Long.parseLong(place), ChronoUnit.MICROS));
            };
        } catch (NumberFormatException | ArithmeticException | java.time.DateTimeException e) {
            throw new InvalidCursor();
        }
    }
}
