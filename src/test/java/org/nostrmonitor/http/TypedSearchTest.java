package org.nostrmonitor.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TypedSearchTest {
    private static MultiMap given(String... namesAndValues) {
        MultiMap given = MultiMap.caseInsensitiveMultiMap();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            given.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return given;
    }

    private static String tidied(String... namesAndValues) {
        return Objects.requireNonNull(TypedSearch.tidy(given(namesAndValues))).href();
    }

    @Test
    void emptyFieldsLeaveTheAddress() {
        assertThat(tidied("q", "", "nip", "50", "nip", " ", "country", " de ")).isEqualTo("/relays?nip=50&country=de");
    }

    @Test
    void anAddressWithoutThemStaysAsItIs() {
        assertThat(TypedSearch.tidy(given("q", "a b", "nip", "50", "nip", "11")))
                .isNull();
        assertThat(TypedSearch.tidy(given())).isNull();
    }

    @Test
    void aDayBeginsAtMidnight() {
        assertThat(tidied("addedSince", "2026-11-15")).isEqualTo("/relays?addedSince=2026-11-15T00%3A00%3A00Z");
    }

    @Test
    void aDistanceFromNowhereIsNone() {
        assertThat(tidied("near", "", "km", "100")).isEqualTo("/relays");
        assertThat(TypedSearch.tidy(given("near", "u33d", "km", "100"))).isNull();
    }

    @Test
    void namesOfStrangersAreEncodedToo() {
        assertThat(tidied("a\r\nSet-Cookie: b", "c", "q", "")).isEqualTo("/relays?a%0D%0ASet-Cookie%3A%20b=c");
    }
}
