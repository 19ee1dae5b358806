package org.nostrmonitor.http.view;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The ticks of a time axis, UTC: as fine as there is room for. */
public final class Axis {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("EEE", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMM", Locale.ENGLISH);
    private static final Duration LONGEST_BY_HOUR = Duration.ofHours(30);
    private static final Duration LONGEST_BY_DAY = Duration.ofDays(9);
    private static final Duration LONGEST_BY_DATE = Duration.ofDays(45);
    private static final int DAYS_BETWEEN_DATES = 5;
    private static final double TOO_NEAR_THE_EDGE = 5;

    private Axis() {}

    /** @param minor left out where there is little room */
    public record Tick(String x, String text, boolean minor) {}

    /** Hours, weekdays, every fifth day or months, by how long the span is. */
    public static List<Tick> of(Instant from, Instant to) {
        Duration span = Duration.between(from, to);
        if (span.compareTo(LONGEST_BY_HOUR) <= 0) {
            return hours(from, to);
        }
        if (span.compareTo(LONGEST_BY_DAY) <= 0) {
            return days(from, to, 1, DAY);
        }
        return span.compareTo(LONGEST_BY_DATE) <= 0 ? days(from, to, DAYS_BETWEEN_DATES, DATE) : months(from, to);
    }

    private static List<Tick> days(Instant from, Instant to, int step, DateTimeFormatter format) {
        List<Tick> ticks = new ArrayList<>();
        long seconds = Duration.ofDays(step).toSeconds();
        for (long n = Math.floorDiv(from.getEpochSecond(), seconds) + 1; n * seconds < to.getEpochSecond(); n++) {
            Instant at = Instant.ofEpochSecond(n * seconds);
            add(ticks, from, to, at, format.format(at), n % 2 != 0);
        }
        return ticks;
    }

    /** January by its year. */
    private static List<Tick> months(Instant from, Instant to) {
        List<Tick> ticks = new ArrayList<>();
        YearMonth month = YearMonth.from(from.atOffset(ZoneOffset.UTC)).plusMonths(1);
        for (Instant at = start(month); at.isBefore(to); at = start(month)) {
            boolean january = month.getMonthValue() == 1;
            String text = january ? Integer.toString(month.getYear()) : MONTH.format(month);
            add(ticks, from, to, at, text, month.getMonthValue() % 2 == 0);
            month = month.plusMonths(1);
        }
        return ticks;
    }

    private static Instant start(YearMonth month) {
        return month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    private static void add(List<Tick> ticks, Instant from, Instant to, Instant at, String text, boolean minor) {
        double x = 100.0
                * Duration.between(from, at).toMillis()
                / Duration.between(from, to).toMillis();
        if (x > TOO_NEAR_THE_EDGE && x < 100 - TOO_NEAR_THE_EDGE) {
            ticks.add(new Tick(percent(x), text, minor));
        }
    }

    /** Every three hours on the hour, midnight by its day. Of more than a day there would be too many. */
    static List<Tick> hours(Instant from, Instant to) {
        List<Tick> ticks = new ArrayList<>();
        long step = Duration.ofHours(3).toSeconds();
        long first = Math.floorDiv(from.getEpochSecond(), step) + 1;
        for (long n = first; n * step < to.getEpochSecond(); n++) {
            Instant at = Instant.ofEpochSecond(n * step);
            boolean midnight = at.getEpochSecond() % Duration.ofDays(1).toSeconds() == 0;
            add(ticks, from, to, at, midnight ? DAY.format(at) : When.minute(at), n % 2 != 0);
        }
        return ticks;
    }

    static String percent(double x) {
        return Numbers.fixed(x, 2) + "%";
    }
}
