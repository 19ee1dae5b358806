package org.nostrmonitor.http.view;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A moment, or a day, as a {@code time} element.
 *
 * @param iso for machines
 * @param title the whole of it, UTC
 * @param text what is printed, UTC: with the day if that is not today
 */
public record When(String iso, String title, String text) {
    private static final DateTimeFormatter TITLE = format("yyyy-MM-dd HH:mm:ss 'UTC'");
    private static final DateTimeFormatter MINUTE = format("HH:mm");
    private static final DateTimeFormatter SECOND = format("HH:mm:ss");
    private static final DateTimeFormatter DAY = format("d MMM");
    private static final DateTimeFormatter DAY_OF_YEAR = format("d MMM yyyy");

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
    }

    /** To the minute. */
    public static When of(Instant at, Instant now) {
        return new When(iso(at), TITLE.format(at), day(at, now) + MINUTE.format(at));
    }

    public static @Nullable When orNull(@Nullable Instant at, Instant now) {
        return at == null ? null : of(at, now);
    }

    /** To the second. */
    public static When exact(Instant at, Instant now) {
        return new When(iso(at), TITLE.format(at), day(at, now) + SECOND.format(at));
    }

    /** A whole day, UTC wherever the reader is. */
    static When ofDay(Instant start, Instant now) {
        LocalDate day = start.atOffset(ZoneOffset.UTC).toLocalDate();
        boolean thisYear = day.getYear() == now.atOffset(ZoneOffset.UTC).getYear();
        return new When(day.toString(), day + " UTC", (thisYear ? DAY : DAY_OF_YEAR).format(start));
    }

    /** For use inside a sentence: the zone is part of the element. */
    public When inSentence() {
        return new When(iso, title, text + " UTC");
    }

    /** The hour and minute alone. */
    static String minute(Instant at) {
        return MINUTE.format(at);
    }

    private static String iso(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String day(Instant at, Instant now) {
        LocalDate day = at.atOffset(ZoneOffset.UTC).toLocalDate();
        LocalDate today = now.atOffset(ZoneOffset.UTC).toLocalDate();
        if (day.equals(today)) {
            return "";
        }
        return (day.getYear() == today.getYear() ? DAY : DAY_OF_YEAR).format(at) + ", ";
    }
}
