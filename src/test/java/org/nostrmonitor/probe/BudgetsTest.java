package org.nostrmonitor.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.DatagramSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.config.StartFailure;
import org.nostrmonitor.testing.CapturedLog;

class BudgetsTest {
    private static final long GIBIBYTE = 1 << 30;

    @Test
    void aProbeNeedsThreeSocketsOfWhatTheProcessMayOpen() {
        assertThat(Budgets.of(1_024, 100, 4 * GIBIBYTE).fit(1_000)).isEqualTo(208);
        assertThat(Budgets.of(1_000_000, 100, 4 * GIBIBYTE).fit(1_000)).isEqualTo(1_000);
    }

    @Test
    void whatProbesAreSureOfFitsIntoAnEighthOfTheHeap() {
        assertThat(Budgets.of(1_000_000, 100, GIBIBYTE / 4).fit(1_000)).isEqualTo(512);
    }

    @Test
    void sayInOneLineWhyFewerProbesThanWantedAreMadeAtATime() {
        try (CapturedLog log = CapturedLog.of(Budgets.class.getName())) {
            Budgets budgets = Budgets.of(1_024, 100, 4 * GIBIBYTE);
            assertThat(budgets.fit(208)).isEqualTo(208);
            assertThat(log.lines()).isEmpty();
            assertThat(budgets.fit(1_000)).isEqualTo(208);
            assertThat(log.lines())
                    .containsExactly("WARN worker.concurrency is 1000, but the limit of 1024 open files (ulimit -n)"
                            + " has room for 208 probes at the same time");
        }
    }

    @Test
    void doNotStartWithoutRoomForProbes() {
        assertThatThrownBy(() -> Budgets.of(420, 100, GIBIBYTE))
                .isInstanceOf(StartFailure.class)
                .hasMessage("the limit of 420 open files (ulimit -n) leaves no room for probes");
        assertThatThrownBy(() -> Budgets.of(1_000_000, 100, 4 << 20))
                .isInstanceOf(StartFailure.class)
                .hasMessage("the heap of 4 MiB (-Xmx) leaves no room for probes");
    }

    @Test
    void areTakenFromWhatThisProcessHasOpenAndMayOpen() throws IOException {
        long before = OpenFiles.count();
        List<DatagramSocket> sockets = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            sockets.add(new DatagramSocket());
        }
        assertThat(OpenFiles.count() - before).isBetween(50L, 150L);
        assertThat(OpenFiles.limit()).isGreaterThan(OpenFiles.count());
        sockets.forEach(DatagramSocket::close);
    }

    @Test
    void areShownInMetrics() {
        Budgets budgets = new Budgets(2, 100, 1, "a test");
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        budgets.gauges(registry);
        assertThat(budgets.sockets().take(5)).isTrue();
        assertThat(budgets.sockets().take(2)).isFalse();
        assertThat(registry.get("monitor.probe.budget.used")
                        .tag("budget", "sockets")
                        .gauge()
                        .value())
                .isEqualTo(5);
        assertThat(registry.get("monitor.probe.budget.limit")
                        .tag("budget", "sockets")
                        .gauge()
                        .value())
                .isEqualTo(6);
        assertThat(registry.get("monitor.probe.budget.short")
                        .tag("budget", "sockets")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.getMeters()).hasSize(9);
    }

    @Test
    void aPurseBorrowsOnlyWhatIsBeyondItsOwn() {
        Pot common = new Pot(1_000);
        Purse purse = new Purse(common);
        assertThat(purse.take(Purse.OWN)).isTrue();
        assertThat(common.used()).isZero();
        assertThat(purse.take(400)).isTrue();
        assertThat(purse.take(400)).isTrue();
        assertThat(common.used()).isEqualTo(800);
        assertThat(purse.isUsedUp()).isFalse();
        assertThat(purse.take(400)).isFalse();
        assertThat(purse.isUsedUp()).isTrue();
        purse.close();
        purse.close();
        assertThat(common.used()).isZero();
    }

    @Test
    void aGoodbyeThatComesLateIsNoShortage() {
        Purse purse = new Purse(new Pot(1_000));
        purse.close();
        assertThat(purse.take(Purse.OWN)).isTrue();
        assertThat(purse.take(1)).isFalse();
        assertThat(purse.isUsedUp()).isFalse();
    }
}
