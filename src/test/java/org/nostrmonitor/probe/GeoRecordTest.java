package org.nostrmonitor.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Records that a geographic file may hold, for it is somebody else's. */
class GeoRecordTest {
    private static GeoRecord at(Object latitude, Object longitude, Object radius) {
        return new GeoRecord(Map.of(
                "city", Map.of("names", Map.of("en", "Berlin")),
                "location", Map.of("latitude", latitude, "longitude", longitude, "accuracy_radius", radius)));
    }

    private static GeoRecord ofNetwork(Object number) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("autonomous_system_number", number);
        return new GeoRecord(fields);
    }

    @Test
    void aPlaceThatIsNoNumberIsNowhere() {
        assertThat(at(52.5, 13.4, 20).geohash()).isEqualTo("u33");
        assertThat(at(Double.NaN, 13.4, 20).geohash()).isNull();
        assertThat(at(52.5, Double.NaN, 20).geohash()).isNull();
        assertThat(at(91, 13.4, 20).geohash()).isNull();
        assertThat(at(52.5, Double.NEGATIVE_INFINITY, 20).geohash()).isNull();
        assertThat(at("52.5", 13.4, 20).geohash()).isNull();
    }

    @Test
    void aCircleThatIsNoNumberIsTheUsualOne() {
        assertThat(at(52.5, 13.4, Double.NaN).geohash())
                .isEqualTo(at(52.5, 13.4, 50).geohash());
    }

    @Test
    void aNumberThatNoNetworkHasIsNone() {
        assertThat(ofNetwork(4_294_967_295L).asn()).isEqualTo(4_294_967_295L);
        for (Object number :
                new Object[] {0, -1, 4_294_967_296L, 1e300, Double.NaN, Double.POSITIVE_INFINITY, "1", true}) {
            assertThat(ofNetwork(number).asn()).as(String.valueOf(number)).isNull();
        }
    }
}
