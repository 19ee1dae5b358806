package org.nostrmonitor.http;

import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.http.view.BadParameter;
import org.nostrmonitor.http.view.Search;
import org.nostrmonitor.storage.Statistics;

/** Parameters that several addresses have. */
final class Parameters {
    static final int USUAL_LIMIT = 50;
    private static final int USUAL_TOP = 10;

    /** Below the time that an answer may take. */
    private static final int LONGEST_WAIT = 25;

    private static final Pattern DIGITS = Pattern.compile("[1-9][0-9]{0,2}");

    /** PostgreSQL's own range is narrower than that of {@link Instant}, and nothing was checked before Nostr. */
    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private Parameters() {}

    /** @throws BadParameter if it is not a time within a few thousand years */
    static @Nullable Instant before(@Nullable String given) {
        return time("before", given);
    }

    /** @throws BadParameter if it is not a time within a few thousand years */
    static @Nullable Instant time(String name, @Nullable String given) {
        try {
            Instant time = given == null ? null : Instant.parse(given);
            if (time != null && (time.isBefore(FIRST) || time.isAfter(LAST))) {
                throw new BadParameter(name, "is not a time from the year 2000 to 9999");
            }
            return time;
        } catch (DateTimeParseException e) {
            throw new BadParameter(name, "is not a time such as 2026-11-22T16:30:00Z");
        }
    }

    /**
     * How many seconds an answer may wait for what it is about.
     *
     * @throws BadParameter if it is not 0 to {@value #LONGEST_WAIT}
     */
    static int wait(RoutingContext ctx) {
        String given = ctx.queryParams().get("wait");
        int seconds = given == null ? 0 : given.matches("[0-9]{1,2}") ? Integer.parseInt(given) : -1;
        if (seconds < 0 || seconds > LONGEST_WAIT) {
            throw new BadParameter("wait", "is not a number of seconds from 0 to " + LONGEST_WAIT);
        }
        return seconds;
    }

    /**
     * How many items at most, as plain digits: what JSON takes for a whole number too, such as {@code 1e2}, is none.
     *
     * @throws BadParameter if it is not 1 to {@value Search#MOST}
     */
    static int limit(RoutingContext ctx) {
        return number(ctx, "limit", USUAL_LIMIT, Search.MOST);
    }

    /**
     * How many values of a kind.
     *
     * @throws BadParameter if it is not 1 to {@value Statistics#KEPT}
     */
    static int top(RoutingContext ctx) {
        return number(ctx, "top", USUAL_TOP, Statistics.KEPT);
    }

    private static int number(RoutingContext ctx, String name, int usual, int most) {
        String given = ctx.queryParams().get(name);
        if (given == null) {
            return usual;
        }
        int number = DIGITS.matcher(given).matches() ? Integer.parseInt(given) : 0;
        if (number < 1 || number > most) {
            throw new BadParameter(name, "is not a number from 1 to " + most);
        }
        return number;
    }
}
