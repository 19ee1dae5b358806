package org.nostrmonitor.probe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeohashTest {
    /** Cells of 1 to 5 characters are 5000, 625, 156, 19.5 and 4.9 km in their shorter dimension, at the equator. */
    @ParameterizedTest
    @CsvSource({
        "52.52, 13.405, 1, u33dc",
        "52.52, 13.405, 5, u33d",
        "52.52, 13.405, 10, u33",
        "52.52, 13.405, 20, u33",
        "52.52, 13.405, 50, u3",
        "52.52, 13.405, 100, u3",
        "52.52, 13.405, 500, u",
        "52.52, 13.405, 1000, u",
        "0.01, 0.01, 1, s0000",
        "-33.87, 151.21, 5, r3gx",
        "64.15, -21.94, 50, ge",
        "89.9, 0, 50, ''",
        "52.52, 13.405, 5000, ''",
        "90, 180, 1, ''",
    })
    void isNoFinerThanWhatIsKnown(double latitude, double longitude, double radiusKm, String geohash) {
        assertThat(Geohash.of(latitude, longitude, radiusKm)).isEqualTo(geohash);
    }
}
