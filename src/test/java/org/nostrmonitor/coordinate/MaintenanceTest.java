package org.nostrmonitor.coordinate;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.config.MonitorConfig;

class MaintenanceTest {
    private final MovableClock clock = new MovableClock("2026-03-02T23:59:59Z");
    private final FakeHousekeeping house = new FakeHousekeeping();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Maintenance maintenance =
            new Maintenance(house, new MonitorConfig.Retention(14, 30, 0), meters, clock);

    @Test
    void makesPartitionsAheadAndDropsWhatIsOlderThanTheRetention() {
        assertThat(maintenance.run().result())
                .isEqualTo(
                        Done.well(
                                "9 partitions made, partitions for 8 days, 1 weeks rolled up, 1 days dropped,"
                                        + " 1 days of hours dropped, 5 orphaned rows removed, 2 old rows of other monitors removed, statistics refreshed"));

        assertThat(house.asked())
                .containsExactly(
                        "make 2026-03-01..2026-03-09",
                        "ahead of 2026-03-02",
                        "roll up on 2026-03-02",
                        "drop before 2026-02-16",
                        "drop hours before 2026-01-31",
                        "orphans before 2026-02-16",
                        "forget monitors before 2026-02-23T23:59:59Z",
                        "analyze");
    }

    @Test
    void continuesPastAFailingStepAndCountsIt() {
        house.breaks("make");
        house.breaks("orphans");

        assertThat(maintenance.run().result().well()).isFalse();

        assertThat(house.asked()).hasSize(8);
        assertThat(failures("make_partitions")).isEqualTo(1);
        assertThat(failures("remove_orphans")).isEqualTo(1);
    }

    @Test
    void refreshesStatisticsAfterACycleAtMostOnceAnHour() {
        maintenance.afterCycle();
        clock.advance(Duration.ofMinutes(59));
        maintenance.afterCycle();
        assertThat(house.asked()).containsExactly("ahead of 2026-03-02", "analyze");

        clock.advance(Duration.ofMinutes(2));
        maintenance.afterCycle();
        assertThat(house.asked()).hasSize(4).endsWith("analyze");
    }

    @Test
    void dropsDaysOnlyIfTheyAreNotKeptForEver() {
        new Maintenance(house, new MonitorConfig.Retention(14, 30, 400), meters, clock).run();

        assertThat(house.asked()).contains("drop days before 2025-01-26");
    }

    @Test
    void raisesAnAlarmWhenTomorrowHasNoPlaceForResults() {
        assertThat(maintenance.run().result().well()).isTrue();
        assertThat(meters.get("monitor.partitions.ahead").gauge().value()).isEqualTo(8);

        house.breaks("few");

        assertThat(maintenance.run().result().well()).isFalse();
        assertThat(failures("partitions_ahead")).isEqualTo(1);
        assertThat(meters.get("monitor.partitions.ahead").gauge().value()).isEqualTo(1);
    }

    private double failures(String step) {
        return meters.get("monitor.maintenance.failures")
                .tag("step", step)
                .counter()
                .count();
    }
}
