package org.nostrmonitor.http.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocatorTest {
    /** u33d is 52.38 to 52.56 N, 13.36 to 13.71 E, see http://geohash.org. */
    @Test
    void aGeohashIsAFieldOnTheMap() {
        assertThat(Locator.of("u33d")).isEqualTo(new Locator("91.8", "16.0", "somewhere in a field of 24 by 20 km"));
    }

    @Test
    void theFarEastOfSiberiaIsAtTheRightEdge() {
        assertThat(Double.parseDouble(Locator.of("b0").x())).isBetween(170.0, 180.0);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "u", "u3a", "<b>", "U3"})
    void whatIsNoneIsNotDrawn(String geohash) {
        assertThat(Locator.of(geohash)).isNull();
    }
}
