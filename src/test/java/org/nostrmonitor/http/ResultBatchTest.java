package org.nostrmonitor.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.storage.RelayViews.Result;

class ResultBatchTest {
    private static final Instant NOW = Instant.parse("2026-11-22T16:37:00Z");
    private final List<Result> twoRegions =
            DemoData.relays().get(0).results(NOW).stream().limit(5).toList();

    @Test
    void endsWithAWholeCycleSoThatNoRegionIsLost() {
        ResultBatch batch = ResultBatch.of(twoRegions, 5, true);

        assertThat(batch.rows()).hasSize(4);
        assertThat(batch.next()).isEqualTo(twoRegions.get(3).cycle());
    }

    @Test
    void isTheLastIfThereAreFewerThanAskedFor() {
        assertThat(ResultBatch.of(twoRegions, 6, true)).isEqualTo(new ResultBatch(twoRegions, null));
    }

    @Test
    void keepsAllOfOneRegion() {
        List<Result> one = twoRegions.stream()
                .filter(result -> result.region().equals("eu-west"))
                .toList();
        assertThat(ResultBatch.of(one, one.size(), false).rows()).isEqualTo(one);
    }
}
