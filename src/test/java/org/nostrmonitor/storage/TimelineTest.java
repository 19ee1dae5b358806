package org.nostrmonitor.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.relay.RelayState.DEGRADED;
import static org.nostrmonitor.relay.RelayState.OFFLINE;
import static org.nostrmonitor.relay.RelayState.ONLINE;
import static org.nostrmonitor.relay.RelayState.UNKNOWN;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.storage.Sheet.Check;
import org.nostrmonitor.storage.Timeline.Weighed;

/** Minutes throughout, from a day in 2026 on. */
class TimelineTest {
    private static final long START = 1_775_000_000L / 86_400 * 86_400;

    @Test
    void weighsChecksByTheTimeUntilTheNext() {
        List<Check> checks = List.of(at(0, ONLINE), at(5, OFFLINE), at(20, ONLINE));

        assertThat(within(0, 30, checks)).isEqualTo(minutes(15, 30));
    }

    @Test
    void countsWhatIsDegradedAsUp() {
        assertThat(within(0, 15, List.of(at(0, DEGRADED)))).isEqualTo(minutes(15, 15));
    }

    @Test
    void takesOneMissedCheckForTheLastAndMoreForNothing() {
        assertThat(within(0, 120, List.of(at(0, ONLINE), at(30, ONLINE)))).isEqualTo(minutes(60, 60));
        assertThat(within(0, 120, List.of(at(0, ONLINE), at(90, ONLINE)))).isEqualTo(minutes(60, 60));
    }

    @Test
    void holdsACheckThatFoundNothingOutForNeither() {
        List<Check> checks = List.of(at(0, ONLINE), at(15, UNKNOWN), at(30, OFFLINE));

        assertThat(within(0, 45, checks)).isEqualTo(minutes(15, 30));
    }

    @Test
    void doesNotTakeAnOutageOfOursForOneOfTheRelay() {
        List<Check> checks = List.of(at(0, ONLINE), at(15, OFFLINE), at(15 + 600, OFFLINE), at(15 + 615, ONLINE));

        assertThat(within(0, 645, checks)).isEqualTo(minutes(30, 15 + 30 + 15 + 15));
    }

    /** Four checks, six hours apart as planned, are a day and not two hours. */
    @Test
    void letsTheChecksOfADeadRelayStandAsLongAsItIsLeftAlone() {
        int day = 24 * 60;
        Check[] dead = new Check[12];
        for (int i = 0; i < dead.length; i++) {
            dead[i] = at(i * 360, OFFLINE);
        }

        assertThat(within(day, 2 * day, Arrays.asList(dead)).known()).isEqualTo(day * 60L);
    }

    @Test
    void lookedAtFromADayBeforeADeadRelayIsDeadAllDay() {
        int day = 24 * 60;
        List<Check> checks = List.of(
                at(day - 1100, OFFLINE),
                at(day - 740, OFFLINE),
                at(day - 380, OFFLINE),
                at(day - 20, OFFLINE),
                at(day + 300, ONLINE));

        assertThat(within(day, day + 315, checks)).isEqualTo(minutes(15, 315));
    }

    @Test
    void followsMostRegionsOfThoseThatKnow() {
        List<Check> up = List.of(at(0, ONLINE), at(15, ONLINE));
        List<Check> down = List.of(at(0, OFFLINE), at(15, OFFLINE));
        List<Check> silent = List.of(at(0, UNKNOWN));

        assertThat(within(0, 30, up, down)).isEqualTo(minutes(30, 30));
        assertThat(within(0, 30, up, down, down)).isEqualTo(minutes(0, 30));
        assertThat(within(0, 30, down, silent)).isEqualTo(minutes(0, 30));
        assertThat(within(0, 30, List.of(at(0, ONLINE)), List.of(at(15, OFFLINE)), List.of(at(15, OFFLINE))))
                .isEqualTo(minutes(15, 30));
    }

    @Test
    void readsChecksInAnyOrder() {
        assertThat(within(0, 30, List.of(at(15, OFFLINE), at(0, ONLINE)))).isEqualTo(minutes(15, 30));
    }

    @Test
    void knowsNothingWithoutChecks() {
        assertThat(within(0, 60)).isEqualTo(Weighed.NOTHING);
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static Weighed within(int from, int to, List<Check>... regions) {
        return Timeline.of(Arrays.stream(regions).toList()).within(START + from * 60L, START + to * 60L);
    }

    private static Weighed minutes(int up, int known) {
        return new Weighed(up * 60L, known * 60L);
    }

    private static Check at(int minute, RelayState state) {
        return new Check(START + minute * 60L, state, Buffer.buffer(), 0);
    }
}
