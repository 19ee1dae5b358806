package org.nostrmonitor.probe;

/** Geohashes, no finer than what is known of a place. */
final class Geohash {
    private static final String ALPHABET = "0123456789bcdefghjkmnpqrstuvwxyz";
    private static final int BITS_PER_CHARACTER = 5;
    private static final double KM_PER_DEGREE = 111.2;

    /** A cell of 5 km: no address is known better than its town. */
    private static final int MAX_LENGTH = 5;

    private Geohash() {}

    /**
     * The smallest cell around the point that is at least as wide and as high as the circle in which the place lies.
     *
     * @param latitude -90 to 90
     * @param longitude -180 to 180
     * @param radiusKm above 0
     * @return 0 to 5 characters; none if the circle is larger than any cell
     */
    static String of(double latitude, double longitude, double radiusKm) {
        return cell(latitude, longitude, length(latitude, 2 * radiusKm));
    }

    /** A cell is as wide as its latitude lets it be: the degrees of longitude come together at the poles. */
    private static int length(double latitude, double diameterKm) {
        int length = MAX_LENGTH;
        while (length > 0 && (widthKm(length, latitude) < diameterKm || heightKm(length) < diameterKm)) {
            length--;
        }
        return length;
    }

    private static double widthKm(int length, double latitude) {
        int bits = (length * BITS_PER_CHARACTER + 1) / 2;
        return 360.0 / (1 << bits) * KM_PER_DEGREE * Math.cos(Math.toRadians(latitude));
    }

    private static double heightKm(int length) {
        int bits = length * BITS_PER_CHARACTER / 2;
        return 180.0 / (1 << bits) * KM_PER_DEGREE;
    }

    /** Bits by turns of longitude and latitude, each halving what is left; five bits a character. */
    private static String cell(double latitude, double longitude, int length) {
        double[] low = {-180, -90};
        double[] high = {180, 90};
        double[] point = {longitude, latitude};
        StringBuilder hash = new StringBuilder();
        int character = 0;
        for (int bit = 0; bit < length * BITS_PER_CHARACTER; bit++) {
            int axis = bit % 2;
            double middle = (low[axis] + high[axis]) / 2;
            boolean upper = point[axis] >= middle;
            (upper ? low : high)[axis] = middle;
            character = character << 1 | (upper ? 1 : 0);
            if (bit % BITS_PER_CHARACTER == BITS_PER_CHARACTER - 1) {
                hash.append(ALPHABET.charAt(character));
                character = 0;
            }
        }
        return hash.toString();
    }
}
