package org.nostrmonitor.http;

import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.http.view.BadParameter;
import org.nostrmonitor.storage.History.Resolution;

/**
 * The span of the past that is asked for: the parameters {@code from}, {@code to} and {@code resolution}.
 *
 * @param from the start of its first hour or day (UTC)
 * @param to not included; never after now, since nothing is known of what is to come
 */
record PastSpan(Instant from, Instant to, Resolution resolution) {
    private static final Duration USUAL = Duration.ofHours(24);
    private static final Duration USUAL_DAYS = Duration.ofDays(30);

    /** Up to here, whoever does not say how fine gets hours: two hundred points or so. */
    private static final Duration LONGEST_BY_HOUR = Duration.ofDays(8);

    /** @throws BadParameter if it is no span, or one of more points than are read at once */
    static PastSpan of(RoutingContext ctx, Instant now) {
        return of(
                Parameters.time("from", ctx.queryParams().get("from")),
                Parameters.time("to", ctx.queryParams().get("to")),
                ctx.queryParams().get("resolution"),
                now);
    }

    /** By the day, whatever its length. */
    static PastSpan ofDays(RoutingContext ctx, Instant now) {
        return of(
                Parameters.time("from", ctx.queryParams().get("from")),
                Parameters.time("to", ctx.queryParams().get("to")),
                "day",
                now);
    }

    /** So long until now: by the hour up to eight days, by the day beyond. */
    static PastSpan back(Duration length, Instant now) {
        return of(now.minus(length), null, null, now);
    }

    /** By the day, so long until now. */
    static PastSpan daysBack(Duration length, Instant now) {
        return of(now.minus(length), null, "day", now);
    }

    static PastSpan of(@Nullable Instant from, @Nullable Instant to, @Nullable String given, Instant now) {
        Instant end = to == null || to.isAfter(now) ? now : to;
        Instant start = from != null ? from : end.minus("day".equals(given) ? USUAL_DAYS : USUAL);
        if (!start.isBefore(end)) {
            throw new BadParameter("from", "is not before the end of the span, " + end);
        }
        Resolution resolution = resolution(given, Duration.between(start, end));
        long length = resolution.length().toSeconds();
        Instant first = Instant.ofEpochSecond(Math.floorDiv(start.getEpochSecond(), length) * length);
        if (Duration.between(first, end).compareTo(resolution.length().multipliedBy(resolution.most())) > 0) {
            throw new BadParameter("from", "is too far back: at most " + most(resolution) + " are read at once");
        }
        return new PastSpan(first, end, resolution);
    }

    private static Resolution resolution(@Nullable String given, Duration span) {
        if (given == null || given.equals("auto")) {
            return span.compareTo(LONGEST_BY_HOUR) <= 0 ? Resolution.HOUR : Resolution.DAY;
        }
        return given.equals("hour") ? Resolution.HOUR : Resolution.DAY;
    }

    private static String most(Resolution resolution) {
        return resolution == Resolution.HOUR ? resolution.most() + " hours" : resolution.most() + " days";
    }

    LocalDate firstDay() {
        return LocalDate.ofInstant(from, ZoneOffset.UTC);
    }

    LocalDate lastDay() {
        return LocalDate.ofInstant(to.minusNanos(1), ZoneOffset.UTC);
    }

    String label() {
        return resolution == Resolution.HOUR ? "hour" : "day";
    }
}
