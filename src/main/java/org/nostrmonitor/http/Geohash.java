package org.nostrmonitor.http;

/** Where a geohash is. See http://geohash.org. */
final class Geohash {
    private static final String DIGITS = "0123456789bcdefghjkmnpqrstuvwxyz";
    private static final int BITS_OF_A_DIGIT = 5;

    private Geohash() {}

    /** Latitude and longitude of the middle of its cell. {@code hash} has digits of a geohash only. */
    static double[] middle(String hash) {
        double[] low = {-90, -180};
        double[] high = {90, 180};
        int axis = 1;
        for (int i = 0; i < hash.length(); i++) {
            int digit = DIGITS.indexOf(hash.charAt(i));
            for (int bit = BITS_OF_A_DIGIT - 1; bit >= 0; bit--) {
                double middle = (low[axis] + high[axis]) / 2;
                if ((digit >> bit & 1) == 1) {
                    low[axis] = middle;
                } else {
                    high[axis] = middle;
                }
                axis = 1 - axis;
            }
        }
        return new double[] {(low[0] + high[0]) / 2, (low[1] + high[1]) / 2};
    }
}
