package org.nostrmonitor.http.view;

import org.jspecify.annotations.Nullable;

/**
 * Where a geohash is on a small map of the world, in the box of {@code tag/land}: x = (lon + 170) / 2, y = (78 - lat) / 1.6.
 *
 * @param x of the middle of its cell; {@code y} likewise
 * @param field how large the cell is, in words: the place is somewhere in it
 */
public record Locator(String x, String y, String field) {
    private static final String DIGITS = "0123456789bcdefghjkmnpqrstuvwxyz";
    private static final int BITS_OF_A_DIGIT = 5;
    private static final double KM_PER_DEGREE = 111.2;

    /** Null if it is no geohash, or one of a single digit: a cell of that is as large as a continent. */
    static @Nullable Locator of(@Nullable String geohash) {
        if (geohash == null || geohash.length() < 2) {
            return null;
        }
        double[] low = {-90, -180};
        double[] high = {90, 180};
        int axis = 1;
        for (int i = 0; i < geohash.length(); i++) {
            int digit = DIGITS.indexOf(geohash.charAt(i));
            if (digit < 0) {
                return null;
            }
            for (int bit = BITS_OF_A_DIGIT - 1; bit >= 0; bit--) {
                double middle = (low[axis] + high[axis]) / 2;
                ((digit >> bit & 1) == 1 ? low : high)[axis] = middle;
                axis = 1 - axis;
            }
        }
        double lat = (low[0] + high[0]) / 2;
        double lon = (low[1] + high[1]) / 2;
        double wide = (high[1] - low[1]) * KM_PER_DEGREE * Math.cos(Math.toRadians(lat));
        return new Locator(
                number((lon + 170 + (lon < -170 ? 360 : 0)) / 2),
                number((78 - lat) / 1.6),
                "somewhere in a field of " + km(wide) + " by " + km((high[0] - low[0]) * KM_PER_DEGREE) + " km");
    }

    private static String km(double length) {
        return length < 10 ? Numbers.fixed(length, 1) : Numbers.count(Math.round(length));
    }

    private static String number(double value) {
        return Numbers.fixed(value, 1);
    }
}
