package org.nostrmonitor.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.testing.Await.await;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.consume.Workshop.Story;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.testing.RealBackends;

/** What {@code /metrics} has a series for. */
class MetersTest {
    @RegisterExtension
    @Order(1)
    static final RealBackends BACKENDS = new RealBackends();

    @RegisterExtension
    @Order(2)
    final Workshop workshop = new Workshop(BACKENDS);

    private final Story story = workshop.story(BACKENDS.reports());

    private void check(RelayUrl relay, Function<CheckJob, CheckReport> found) {
        BACKENDS.know(relay);
        workshop.proberFinds(found);
        await(story.handle(workshop.claimed(workshop.job(relay))));
    }

    @Test
    void aHostMakesNoSeriesOfItsOwnWhateverItDoes() {
        List<Function<CheckJob, CheckReport>> finds =
                List.of(Found::online, Found::hostile, Found::offline, Found::expired);
        finds.forEach(found -> check(RelayUrl.of("wss://first.example/" + finds.indexOf(found)), found));
        int series = workshop.registry.getMeters().size();
        for (int i = 0; i < 12; i++) {
            check(RelayUrl.of("wss://host-" + i + ".example:" + (1_000 + i) + "/" + i), finds.get(i % finds.size()));
        }

        assertThat(workshop.registry.getMeters()).hasSize(series);
        assertThat(series).isPositive();
        assertThat(workshop.registry.getMeters().toString()).doesNotContain("example");
    }
}
