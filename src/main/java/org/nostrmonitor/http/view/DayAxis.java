package org.nostrmonitor.http.view;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.nostrmonitor.http.view.Axis.Tick;

/** The ticks of a time axis of days (UTC): every day of a week, every Monday of a month or three, every first of a month. */
final class DayAxis {
    private static final DateTimeFormatter WEEKDAY = DateTimeFormatter.ofPattern("EEE d", Locale.ENGLISH);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMM", Locale.ENGLISH);
    private static final DateTimeFormatter MONTH_AND_YEAR = DateTimeFormatter.ofPattern("MMM yyyy", Locale.ENGLISH);
    private static final int WEEK_OR_SO = 10;
    private static final int MONTH_OR_SO = 45;
    private static final double TOO_NEAR_THE_END = 94;

    private DayAxis() {}

    static List<Tick> of(Instant from, Instant to) {
        long days = Duration.between(from, to).toDays();
        if (days <= WEEK_OR_SO) {
            return ticks(from, to, day -> true, WEEKDAY);
        }
        return days <= MONTH_OR_SO
                ? ticks(from, to, day -> day.getDayOfWeek().getValue() == 1, DAY)
                : ticks(from, to, day -> day.getDayOfMonth() == 1, MONTH);
    }

    private static List<Tick> ticks(Instant from, Instant to, Predicate<LocalDate> wanted, DateTimeFormatter text) {
        List<Tick> ticks = new ArrayList<>();
        double width = Duration.between(from, to).toMillis();
        LocalDate last = LocalDate.ofInstant(to, ZoneOffset.UTC);
        for (LocalDate day = LocalDate.ofInstant(from, ZoneOffset.UTC); !day.isAfter(last); day = day.plusDays(1)) {
            Instant at = day.atStartOfDay(ZoneOffset.UTC).toInstant();
            double x = 100 * Duration.between(from, at).toMillis() / width;
            if (wanted.test(day) && x >= 0 && x < TOO_NEAR_THE_END) {
                ticks.add(new Tick(Axis.percent(x), text.format(day), ticks.size() % 2 == 1));
            }
        }
        return ticks;
    }

    static String month(LocalDate day) {
        return MONTH_AND_YEAR.format(day);
    }

    static String day(LocalDate day) {
        return DAY.format(day);
    }
}
