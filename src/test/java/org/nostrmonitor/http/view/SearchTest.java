package org.nostrmonitor.http.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nostrmonitor.storage.Narrowing;
import org.nostrmonitor.storage.Near;
import org.nostrmonitor.storage.RelayViews.Sort;

class SearchTest {
    private static final Narrowing EVERYTHING = new Narrowing(
            List.of(50, 77),
            List.of("a&b"),
            "DE",
            24_940L,
            true,
            false,
            true,
            false,
            0.999999,
            Duration.ofMillis(250),
            Instant.parse("2026-11-15T00:00:00Z"),
            new Near(52.5, -13.404954, 0.125));

    private static Search parse(Map<String, String> parameters) {
        return Search.parse(parameters::get, 50);
    }

    @Test
    void isItsOwnAddress() {
        Map<String, String> parameters =
                Map.of("q", "a b&c=d+e", "status", "online", "writable", "true", "sort", "open", "dir", "desc");

        assertThat(parse(parameters).url().href())
                .isEqualTo("/relays?q=a%20b%26c%3Dd%2Be&status=online&writable=true&sort=open&dir=desc");
        assertThat(parse(parameters).sort()).isEqualTo(Sort.OPEN);
    }

    @Test
    void keepsEveryFurtherConditionInItsAddress() {
        assertThat(Search.all(50).narrowedTo(EVERYTHING).url().at("/x"))
                .isEqualTo("/x?nip=50&nip=77&tag=a%26b&country=DE&asn=24940&near=52.5%2C-13.404954&km=0.125&auth=true"
                        + "&payment=false&pow=true&restricted=false&uptime=0.999999&openMs=250"
                        + "&addedSince=2026-11-15T00%3A00%3A00Z");
        assertThat(Search.all(50).narrowedTo(EVERYTHING).query().narrowing()).isEqualTo(EVERYTHING);
    }

    @Test
    void forgetsTheCursorWhenAnythingElseChanges() {
        Search search = parse(Map.of("cursor", "abc"));

        assertThat(search.url().with("status", "offline").href()).isEqualTo("/relays?status=offline");
        assertThat(search.url().without("status").href()).isEqualTo("/relays");
        assertThat(search.sortedBy(Sort.READ, true).href()).isEqualTo("/relays?sort=read&dir=desc");
        assertThat(search.at("def").href()).isEqualTo("/relays?cursor=def");
        assertThat(search.at(null).href()).isEqualTo("/relays");
    }

    @Test
    void narrowsByWhatItAsksForAndNotByItsOrder() {
        assertThat(parse(Map.of("sort", "open", "dir", "desc", "cursor", "x", "aliases", "all"))
                        .narrows())
                .isFalse();
        assertThat(parse(Map.of("aliases", "only")).narrows()).isTrue();
        assertThat(parse(Map.of("status", "online")).narrows()).isTrue();
        assertThat(parse(Map.of("status", "online")).narrowsBeside("status")).isFalse();
        assertThat(Search.all(50).narrowedTo(EVERYTHING).narrowsBeside("nip")).isTrue();
    }

    @Test
    void isToldInWords() {
        Search search = parse(Map.of("q", "kelp", "status", "online")).narrowedTo(EVERYTHING);

        assertThat(Conditions.of(search))
                .isEqualTo(
                        "with “kelp”, online, claiming NIP-50, claiming NIP-77, tagged “a&b”, in Germany, announced by"
                                + " AS24940, within 0.125 km of 52.5,-13.404954, asking for authentication, not asking for"
                                + " payment, asking for proof of work, not restricting writes, up for 99.9999 % of the last 7"
                                + " days or more, opening in 250 ms or less, added since 15 Nov 2026");
    }

    @ParameterizedTest
    @CsvSource({
        "status, up, status is none of",
        "network, ipv6, network is none of",
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
