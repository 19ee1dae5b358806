package org.nostrmonitor.http.view;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The ticks of a time axis: every three hours on the hour, midnight by its day. */
public final class Axis {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("EEE", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final double TOO_NEAR_THE_EDGE = 3;

    private Axis() {}

    /** @param minor left out where there is little room */
    public record Tick(String x, String text, boolean minor) {}

    /** Ticks of 24 hours or less; of longer spans there would be too many. */
    static List<Tick> hours(Instant from, Instant to) {
        List<Tick> ticks = new ArrayList<>();
        double width = Duration.between(from, to).toMillis();
        long step = Duration.ofHours(3).toSeconds();
        long first = Math.floorDiv(from.getEpochSecond(), step) + 1;
        for (long n = first; n * step < to.getEpochSecond(); n++) {
            Instant at = Instant.ofEpochSecond(n * step);
            double x = 100 * Duration.between(from, at).toMillis() / width;
            if (x > TOO_NEAR_THE_EDGE && x < 100 - TOO_NEAR_THE_EDGE) {
                boolean midnight = at.getEpochSecond() % Duration.ofDays(1).toSeconds() == 0;
                ticks.add(new Tick(percent(x), midnight ? DAY.format(at) : When.minute(at), n % 2 != 0));
            }
        }
        return ticks;
    }

    static String percent(double x) {
        return String.format(Locale.ROOT, "%.2f%%", x);
    }
}
