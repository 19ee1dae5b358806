package org.nostrmonitor.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nostrmonitor.relay.RelayState;

class RelayMixTest {
    @ParameterizedTest
    @ValueSource(ints = {20, 21, 30, 57, 99, 100, 101, 999, 100_000})
    void hasEveryBehaviourWhereThereIsRoom(int relays) {
        Map<Behaviour, Integer> counts = RelayMix.counts(relays);
        assertThat(counts.entrySet())
                .allMatch(entry ->
                        entry.getValue() >= 1 || (relays < 100 && entry.getKey().isRare()));
        assertThat(counts.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(relays);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 19})
    void isMostlyHealthyWhereThereIsNone(int relays) {
        assertThat(RelayMix.shuffled(relays, 1)).hasSize(relays).contains(Behaviour.HEALTHY);
    }

    @Test
    void isAboutAThirdDeadLikeTheRealNetwork() {
        long dead = RelayMix.shuffled(10_000, 3).stream()
                .filter(behaviour -> behaviour.expected().state() == RelayState.OFFLINE)
                .count();
        assertThat(dead).isBetween(3_400L, 3_600L);
        assertThat(RelayMix.counts(10_000).get(Behaviour.HEALTHY)).isGreaterThanOrEqualTo(4_000);
    }

    @Test
    void aHundredThousandRelaysHaveNamesOfTheirOwn() {
        List<SimulatedRelay> relays =
                RelayNames.of(RelayMix.shuffled(100_000, 1), 1, new RelayNames.Ports(8080, 8081, 8082));
        assertThat(relays.stream().map(relay -> relay.url().host()).distinct()).hasSize(100_000);
    }

    @Test
    void latenciesAreSeededAndScatterAroundAMedianOfTheirOwn() {
        List<Long> once = sample(new Latency(1, 1));
        assertThat(sample(new Latency(1, 1))).isEqualTo(once);
        assertThat(sample(new Latency(2, 1))).isNotEqualTo(once);
        assertThat(once).allMatch(ms -> ms >= 0 && ms <= 1500);
        assertThat(sample(new Latency(1, 0))).containsOnly(0L);
    }

    private static List<Long> sample(Latency latency) {
        return java.util.stream.Stream.generate(latency::nextMs).limit(50).toList();
    }
}
