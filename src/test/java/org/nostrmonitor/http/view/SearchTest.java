package org.nostrmonitor.http.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.storage.RelayViews.Sort;

class SearchTest {
    private static Search parse(Map<String, String> parameters) {
        return Search.parse(parameters::get, 50);
    }

    @Test
    void isItsOwnAddress() {
        Map<String, String> parameters = Map.of(
                "q", "a b&c=d+e", "status", "online", "nip", "50", "writable", "true", "sort", "open", "dir", "desc");

        assertThat(parse(parameters).href())
                .isEqualTo("/relays?q=a%20b%26c%3Dd%2Be&status=online&nip=50&writable=true&sort=open&dir=desc");
        assertThat(parse(parameters).sort()).isEqualTo(Sort.OPEN);
    }

    @Test
    void forgetsTheCursorWhenAnythingElseChanges() {
        Search search = parse(Map.of("cursor", "abc"));

        assertThat(search.withStatus(RelayState.OFFLINE).href()).isEqualTo("/relays?status=offline");
        assertThat(search.sortedBy(Sort.READ, true).href()).isEqualTo("/relays?sort=read&dir=desc");
    }

    @ParameterizedTest
    @CsvSource({
        "status, up, status is none of",
        "network, ipv6, network is none of",
        "nip, -1, nip is not a number from 0 to 65535",
        "nip, 65536, nip is not a number",
        "writable, yes, writable is none of",
        "sort, colour, sort is none of",
        "aliases, some, aliases is none of",
        "dir, down, dir is none of",
        "limit, 0, limit is not a number from 1 to 200",
        "limit, 201, limit is not a number from 1 to 200",
    })
    void saysWhichParameterIsNotUnderstood(String name, String value, String message) {
        assertThatThrownBy(() -> parse(Map.of(name, value)))
                .isInstanceOf(BadParameter.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusesEndlessWords() {
        assertThatThrownBy(() -> parse(Map.of("q", "x".repeat(201)))).isInstanceOf(BadParameter.class);
    }
}
