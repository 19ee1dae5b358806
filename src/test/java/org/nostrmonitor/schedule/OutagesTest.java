package org.nostrmonitor.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class OutagesTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final Outages outages = new Outages();

    @Test
    void knowsWhatATickFellInto() {
        outages.worked(NOON);
        outages.failed(NOON.plusSeconds(180));
        outages.failed(NOON.plusSeconds(1000));
        outages.worked(NOON.plusSeconds(2460));

        assertThat(Words.outage("PostgreSQL", outages.at(NOON.plusSeconds(900)).orElseThrow(), NOON.plusSeconds(2460)))
                .isEqualTo("PostgreSQL did not answer from 12:03 to 12:41");
        assertThat(outages.at(NOON.plusSeconds(2461))).isEmpty();
        assertThat(outages.at(NOON.minusSeconds(1))).isEmpty();
        assertThat(outages.current()).isEmpty();
    }

    @Test
    void countsTheTimeSinceTheLastAnswerAsPartOfIt() {
        outages.worked(NOON.minusSeconds(3));
        outages.failed(NOON.plusSeconds(2));

        assertThat(outages.at(NOON)).isPresent();
    }

    @Test
    void remembersTheLastFewOnly() {
        for (int i = 0; i < 100; i++) {
            outages.failed(NOON.plusSeconds(i * 100L));
            outages.worked(NOON.plusSeconds(i * 100L + 10));
        }

        assertThat(outages.at(NOON.plusSeconds(5))).isEmpty();
        assertThat(outages.at(NOON.plusSeconds(9905))).isPresent();
    }
}
