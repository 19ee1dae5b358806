package org.nostrmonitor.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.relay.RelayState.DEGRADED;
import static org.nostrmonitor.relay.RelayState.OFFLINE;
import static org.nostrmonitor.relay.RelayState.ONLINE;
import static org.nostrmonitor.relay.RelayState.UNKNOWN;
import static org.nostrmonitor.storage.Reports.NOT_DUE;
import static org.nostrmonitor.storage.Reports.offline;
import static org.nostrmonitor.storage.Reports.online;
import static org.nostrmonitor.storage.Reports.unknown;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayState;

class StandingTest {
    private static final String URL = "wss://a.example/";
    private static final long WEEK = 7 * 24 * 60;

    static Stream<Arguments> histories() {
        Reports failing = online(URL).writeFailed();
        return Stream.of(
                Arguments.of("a write that never passed", List.of(failing), ONLINE),
                Arguments.of("a write that used to pass", List.of(online(URL), failing.minutesLater(15)), DEGRADED),
                Arguments.of(
                        "a write that passed a week ago", List.of(online(URL), failing.minutesLater(WEEK)), ONLINE),
                Arguments.of(
                        "a refused write is an answer",
                        List.of(
                                online(URL),
                                online(URL).writeRefused(Reason.RESTRICTED).minutesLater(15)),
                        ONLINE),
                Arguments.of(
                        "a failed write that is not due again",
                        List.of(
                                online(URL),
                                failing.minutesLater(15),
                                online(URL).write(NOT_DUE).minutesLater(30)),
                        DEGRADED),
                Arguments.of(
                        "a write that passes again",
                        List.of(
                                online(URL),
                                failing.minutesLater(15),
                                online(URL).minutesLater(30)),
                        ONLINE),
                Arguments.of(
                        "a document that used to be there",
                        List.of(online(URL), online(URL).nip11Failed().minutesLater(15)),
                        DEGRADED),
                Arguments.of(
                        "offline is not degraded",
                        List.of(online(URL), offline(URL).minutesLater(15)),
                        OFFLINE),
                Arguments.of("never measured", List.of(unknown(URL)), UNKNOWN),
                Arguments.of(
                        "not measured now", List.of(online(URL), unknown(URL).minutesLater(15)), ONLINE),
                Arguments.of(
                        "measured at last", List.of(unknown(URL), offline(URL).minutesLater(15)), OFFLINE),
                Arguments.of(
                        "an older report", List.of(online(URL), offline(URL).minutesLater(-15)), ONLINE));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("histories")
    void followsItsReports(String name, List<Reports> history, RelayState state) {
        assertThat(after(history).state()).isEqualTo(state);
    }

    @Test
    void movesSinceOnlyWhenTheStateChanges() {
        Reports up = online(URL);
        Reports down = offline(URL).minutesLater(30);

        assertThat(after(List.of(up, up.minutesLater(15))).since())
                .isEqualTo(up.report().checkedAt());
        assertThat(after(List.of(up, down, down.minutesLater(15))).since())
                .isEqualTo(down.report().checkedAt());
    }

    @Test
    void remembersWhenItWasLastUp() {
        assertThat(after(List.of(online(URL), offline(URL).minutesLater(15))).onlineAt())
                .isEqualTo(online(URL).report().checkedAt());
    }

    @Test
    void keepsTheLastWriteWhileNoneIsDue() {
        Standing standing =
                after(List.of(online(URL), online(URL).write(NOT_DUE).minutesLater(15)));

        assertThat(standing.write().at()).isEqualTo(online(URL).report().checkedAt());
        assertThat(standing.writeTook()).isEqualTo(online(URL).report().rttWrite());
    }

    private static Standing after(List<Reports> history) {
        Standing standing = null;
        for (Reports report : history) {
            standing = next(standing, report);
        }
        return java.util.Objects.requireNonNull(standing);
    }

    private static @Nullable Standing next(@Nullable Standing before, Reports report) {
        return Standing.changes(before, report.report()) ? Standing.after(before, report.report()) : before;
    }
}
