package org.nostrmonitor.http.view;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers as they are printed: thousands with a comma, milliseconds, per cent. Units stand apart. */
public final class Numbers {
    private static final double NANOS_PER_MILLI = 1e6;

    private Numbers() {}

    public static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    /** Milliseconds without the unit: one decimal below 10, none above. */
    public static String ms(Duration duration) {
        double ms = duration.toNanos() / NANOS_PER_MILLI;
        return String.format(Locale.ROOT, ms < 9.95 ? "%.1f" : "%,.0f", ms);
    }

    public static @Nullable String msOrNull(@Nullable Duration duration) {
        return duration == null ? null : ms(duration);
    }

    /** A share with so many decimals, without the sign; never rounded up to 100 when something is missing. */
    public static String percent(long part, long whole, int decimals) {
        double share = 100.0 * part / whole;
        String text = String.format(Locale.ROOT, "%." + decimals + "f", share);
        boolean roundedUp = part < whole && text.startsWith("100");
        return roundedUp ? String.format(Locale.ROOT, "%." + decimals + "f", 100 - Math.pow(10, -decimals)) : text;
    }

    /** With its sign: "+3", "−2", "0". */
    public static String change(long n) {
        return n > 0 ? "+" + count(n) : n < 0 ? "−" + count(-n) : "0";
    }

    /** So many of a unit with one decimal, "12.4". */
    public static String tenths(long n, long unit) {
        return String.format(Locale.ROOT, "%,.1f", (double) n / unit);
    }

    /** "1 relay", "2 relays". */
    public static String plural(long n, String one, String many) {
        return count(n) + " " + (n == 1 ? one : many);
    }

    /** A length of time in words, in its two largest units: "40 s", "4 min", "2 h 47 min", "3 d 4 h". */
    public static String span(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 90) {
            return seconds + " s";
        }
        long minutes = (seconds + 30) / 60;
        if (minutes < 60) {
            return minutes + " min";
        }
        if (minutes < 24 * 60) {
            return two(minutes / 60, "h", minutes % 60, "min");
        }
        return two(minutes / (24 * 60), "d", minutes / 60 % 24, "h");
    }

    private static String two(long large, String largeUnit, long small, String smallUnit) {
        return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }
}
