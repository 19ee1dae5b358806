package org.nostrmonitor.storage;

/**
 * A circle on the earth.
 *
 * @param latitude of its middle, -90 to 90
 * @param longitude of its middle, -180 to 180
 * @param kilometres its radius, above 0, up to half way round
 */
public record Near(double latitude, double longitude, double kilometres) {
    static final double EARTH_KM = 6371.0;

    /** The other side of the earth is as far as anything can be. */
    public static final double FARTHEST_KM = 20_038;

    public Near {
        if (!(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180)) {
            throw new IllegalArgumentException("no place on earth: " + latitude + ", " + longitude);
        }
        if (!(kilometres > 0) || kilometres > FARTHEST_KM) {
            throw new IllegalArgumentException("no radius on earth: " + kilometres + " km");
        }
    }

    /**
     * What the circle fits into. From {@code west} eastwards to {@code east}: where that is the smaller number, it goes across
     * the line between 180 and -180.
     */
    record Box(double south, double north, double west, double east) {
        boolean crosses() {
            return west > east;
        }

        /** @param lat not a number if it is not known: nowhere */
        boolean has(double lat, double lon) {
            return lat >= south
                    && lat <= north
                    && (crosses() ? lon >= west || lon <= east : lon >= west && lon <= east);
        }
    }

    /** A circle with a pole in it has all longitudes. */
    Box box() {
        double angle = kilometres / EARTH_KM;
        double degrees = Math.toDegrees(angle);
        double south = Math.max(-90, latitude - degrees);
        double north = Math.min(90, latitude + degrees);
        if (latitude - degrees <= -90 || latitude + degrees >= 90) {
            return new Box(south, north, -180, 180);
        }
        double width = Math.toDegrees(Math.asin(Math.sin(angle) / Math.cos(Math.toRadians(latitude))));
        return new Box(south, north, round(longitude - width), round(longitude + width));
    }

    /** By the haversine formula. Rounding may make the sine exceed 1. */
    boolean has(double lat, double lon) {
        double up = Math.sin(Math.toRadians(lat - latitude) / 2);
        double along = Math.sin(Math.toRadians(lon - longitude) / 2);
        double sine = up * up + Math.cos(Math.toRadians(latitude)) * Math.cos(Math.toRadians(lat)) * along * along;
        return 2 * EARTH_KM * Math.asin(Math.sqrt(Math.min(1, sine))) <= kilometres;
    }

    private static double round(double longitude) {
        return longitude < -180 ? longitude + 360 : longitude > 180 ? longitude - 360 : longitude;
    }
}
