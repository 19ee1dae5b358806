package org.nostrmonitor.nostr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FilterTest {
    private static final NostrEvent EVENT = new NostrEvent(
            "1".repeat(64),
            "2".repeat(64),
            1000,
            30166,
            List.of(List.of("d", "wss://relay.example/", "extra"), List.of("t", "a"), List.of("t", "b"), List.of("x")),
            "",
            "3".repeat(128));

    @Test
    void matchesEverythingWhenItAsksNothing() {
        assertThat(Filter.ANY.matches(EVENT)).isTrue();
        assertThat(Filter.ANY.withLimit(0).matches(EVENT)).isTrue();
    }

    @Test
    void asksForOneOfTheValuesOfEachField() {
        assertThat(Filter.ANY.withIds(List.of("0", EVENT.id())).matches(EVENT)).isTrue();
        assertThat(Filter.ANY.withIds(List.of("0")).matches(EVENT)).isFalse();
        assertThat(Filter.ANY.withAuthors(List.of(EVENT.pubkey())).matches(EVENT))
                .isTrue();
        assertThat(Filter.ANY.withAuthors(List.of(EVENT.id())).matches(EVENT)).isFalse();
        assertThat(Filter.ANY.withKinds(List.of(0, 30166)).matches(EVENT)).isTrue();
        assertThat(Filter.ANY.withKinds(List.of(1)).matches(EVENT)).isFalse();
        assertThat(Filter.ANY.withKinds(List.of(30166)).withIds(List.of("0")).matches(EVENT))
                .isFalse();
    }

    @Test
    void asksForTheFirstValueOfSomeTagOfEachName() {
        assertThat(tagged(Map.of("t", List.of("b", "c"))).matches(EVENT)).isTrue();
        assertThat(tagged(Map.of("t", List.of("b"), "d", List.of("wss://relay.example/")))
                        .matches(EVENT))
                .isTrue();
        assertThat(tagged(Map.of("t", List.of("b"), "d", List.of("wss://other.example/")))
                        .matches(EVENT))
                .isFalse();
        assertThat(tagged(Map.of("d", List.of("extra"))).matches(EVENT)).isFalse();
        assertThat(tagged(Map.of("x", List.of(""))).matches(EVENT)).isFalse();
    }

    @Test
    void includesBothEndsOfTheTime() {
        assertThat(between(1000L, 1000L).matches(EVENT)).isTrue();
        assertThat(between(1001L, 2000L).matches(EVENT)).isFalse();
        assertThat(between(0L, 999L).matches(EVENT)).isFalse();
    }

    private static Filter tagged(Map<String, List<String>> tags) {
        return new Filter(List.of(), List.of(), List.of(), tags, null, null, null);
    }

    private static Filter between(Long since, Long until) {
        return new Filter(List.of(), List.of(), List.of(), Map.of(), since, until, null);
    }
}
