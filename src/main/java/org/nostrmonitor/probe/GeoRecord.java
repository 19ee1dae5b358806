package org.nostrmonitor.probe;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a database file has about one address, under the names of the GeoIP2 and GeoLite2 files, which others use as well.
 * Whatever is missing, or of another kind, is null.
 */
record GeoRecord(Map<?, ?> fields) {
    /** Some files give a city without saying how near to it the address is: within such a circle, then. */
    private static final double USUAL_RADIUS_KM = 50;

    /** RFC 6793. */
    private static final double MAX_ASN = 0xffff_ffffL;

    @Nullable
    String country() {
        String code = text(at("country", "iso_code"));
        return code != null && code.matches("[A-Z]{2}") ? code : null;
    }

    @Nullable
    String city() {
        return text(at("city", "names", "en"));
    }

    /** None without a city: where only the country is known, the point in the file is the country's middle. */
    @Nullable
    String geohash() {
        Double latitude = number(at("location", "latitude"));
        Double longitude = number(at("location", "longitude"));
        Double radius = number(at("location", "accuracy_radius"));
        if (city() == null
                || latitude == null
                || longitude == null
                || Math.abs(latitude) > 90
                || Math.abs(longitude) > 180) {
            return null;
        }
        String geohash = Geohash.of(latitude, longitude, radius == null || radius <= 0 ? USUAL_RADIUS_KM : radius);
        return geohash.isEmpty() ? null : geohash;
    }

    @Nullable
    Long asn() {
        Double top = number(at("autonomous_system_number"));
        Double inTraits = number(at("traits", "autonomous_system_number"));
        Double asn = top == null ? inTraits : top;
        return asn == null || asn < 1 || asn > MAX_ASN ? null : (Long) asn.longValue();
    }

    @Nullable
    String asName() {
        String top = text(at("autonomous_system_organization"));
        return top == null ? text(at("traits", "autonomous_system_organization")) : top;
    }

    boolean isAnycast() {
        return Boolean.TRUE.equals(at("traits", "is_anycast"));
    }

    private @Nullable Object at(String... path) {
        Object value = fields;
        for (String key : path) {
            value = value instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return value;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value instanceof String text && !text.isBlank() ? Evidence.bounded(text) : null;
    }

    /** A double of the file may be no number at all, and compares with nothing. */
    private static @Nullable Double number(@Nullable Object value) {
        return value instanceof Number number && Double.isFinite(number.doubleValue())
                ? (Double) number.doubleValue()
                : null;
    }
}
