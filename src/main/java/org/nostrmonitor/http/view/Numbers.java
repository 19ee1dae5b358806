package org.nostrmonitor.http.view;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Numbers as they are printed: thousands with a comma, milliseconds, per cent. Units stand apart. */
public final class Numbers {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final long[] SCALES = {1, 10, 100, 1_000, 10_000};

    private Numbers() {}

    public static String count(long n) {
        return grouped(Long.toString(n));
    }

    /** Milliseconds without the unit: one decimal below 10, none above. */
    public static String ms(Duration duration) {
        double ms = duration.toNanos() / NANOS_PER_MILLI;
        return ms < 9.95 ? fixed(ms, 1) : count(Math.round(ms));
    }

    /**
     * With so many decimals, and without commas: what {@code String.format} does with {@code "%.1f"}, in a tenth of the time. A page
     * has thousands of numbers. Halves are rounded away from zero.
     *
     * @param value of less than 10^12
     * @param decimals 0 to 4
     */
    public static String fixed(double value, int decimals) {
        long scale = SCALES[decimals];
        long scaled = Math.round(Math.abs(value) * scale);
        StringBuilder text = new StringBuilder(16);
        if (value < 0 && scaled > 0) {
            text.append('-');
        }
        text.append(scaled / scale).append(decimals == 0 ? "" : ".");
        long rest = scaled % scale;
        for (long digit = scale / 10; digit > 0; digit /= 10) {
            text.append((char) ('0' + rest / digit % 10));
        }
        return text.toString();
    }

    private static String grouped(String digits) {
        int first = digits.startsWith("-") ? 1 : 0;
        if (digits.length() - first <= 3) {
            return digits;
        }
        StringBuilder text = new StringBuilder(digits);
        for (int at = digits.length() - 3; at > first; at -= 3) {
            text.insert(at, ',');
        }
        return text.toString();
    }

    public static @Nullable String msOrNull(@Nullable Duration duration) {
        return duration == null ? null : ms(duration);
    }

    /** A share with so many decimals, without the sign; never rounded up to 100 when something is missing. */
    public static String percent(long part, long whole, int decimals) {
        double share = 100.0 * part / whole;
        String text = fixed(share, decimals);
        boolean roundedUp = part < whole && text.startsWith("100");
        return roundedUp ? fixed(100 - Math.pow(10, -decimals), decimals) : text;
    }

    /** With its sign: "+3", "−2", "0". */
    public static String change(long n) {
        return n > 0 ? "+" + count(n) : n < 0 ? "−" + count(-n) : "0";
    }

    /** So many of a unit with one decimal, "12.4". */
    public static String tenths(long n, long unit) {
        String text = fixed((double) n / unit, 1);
        int point = text.length() - 2;
        return grouped(text.substring(0, point)) + text.substring(point);
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
