package org.nostrmonitor.http.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.http.view.VerdictTest.NOW;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Facts;
import org.nostrmonitor.relay.Outcome.NotTested;
import org.nostrmonitor.relay.Outcome.Passed;
import org.nostrmonitor.relay.Phases;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.Stage;
import org.nostrmonitor.storage.History.Up;
import org.nostrmonitor.storage.History.Uptimes;
import org.nostrmonitor.storage.RelayViews.Detail;
import org.nostrmonitor.storage.RelayViews.Item;

/** What is said of a relay once its last check is too old to say how it is: of every stage and reason that can occur. */
class StaleWordsTest {
    /** How long the check of a relay stands that is up. */
    private static final Duration UP = Duration.ofMinutes(30);

    /** The same of one that was offline for 2 h 32 min when it was checked. */
    private static final Duration DEAD = Duration.ofSeconds(1800 + 2736);

    private static final CheckReport WELL = VerdictTest.report(new Passed(), new Passed(), Facts.NONE);

    static Stream<VerdictTest.Line> offline() {
        return VerdictTest.offline();
    }

    static Stream<VerdictTest.Line> degraded() {
        return VerdictTest.degraded();
    }

    private static String verdict(Detail detail, Duration later) {
        return RelayStory.verdict(detail, detail.regions().stream().findFirst().orElse(null), NOW.plus(later))
                .flat();
    }

    private static String lede(Detail detail, Duration later) {
        return RelayStory.lede(detail, detail.regions().stream().findFirst().orElse(null), NOW.plus(later));
    }

    @ParameterizedTest
    @MethodSource("offline")
    void whatWasOfflineIsToldWithWhereItStoppedOnceItsCheckIsOlderThanPlanned(VerdictTest.Line line) {
        CheckReport report = VerdictTest.report(line.stage(), line.reason(), null);
        Detail detail = VerdictTest.detail(RelayState.OFFLINE, line.stage(), line.reason(), report);

        assertThat(verdict(detail, DEAD)).isEqualTo("Offline since 14:05 UTC: " + line.words() + ".");
        assertThat(verdict(detail, DEAD.plusMillis(1)))
                .isEqualTo("Was offline when last checked, at 16:37 UTC, 1 h 16 min ago: " + line.words()
                        + ". Not checked since.");
        assertThat(lede(detail, DEAD.plusMillis(1))).doesNotContain(" is ", " accepts ", " opens,", " comes ", " see ");
    }

    @ParameterizedTest
    @MethodSource("degraded")
    void whatWasDegradedIsToldWithWhatFailed(VerdictTest.Line line) {
        CheckReport report = VerdictTest.report(line.stage(), line.reason(), null);
        Detail detail = VerdictTest.detail(RelayState.DEGRADED, line.stage(), line.reason(), report);

        assertThat(verdict(detail, UP)).isEqualTo("Degraded since 14:05 UTC: " + line.words() + ".");
        assertThat(verdict(detail, UP.plusMillis(1)))
                .isEqualTo("Was degraded when last checked, at 16:37 UTC, 30 min ago: " + line.words()
                        + ". Not checked since.");
    }

    @Test
    void whatWasOnlineIsNotCalledOnlineForEver() {
        Detail detail = VerdictTest.detail(RelayState.ONLINE, null, null, WELL);

        assertThat(verdict(detail, UP)).isEqualTo("Online since 14:05 UTC.");
        assertThat(lede(detail, UP)).isEqualTo("From eu it opens and answers a REQ. Writing was not tested this time.");
        assertThat(verdict(detail, UP.plusMillis(1)))
                .isEqualTo("Was online when last checked, at 16:37 UTC, 30 min ago. Not checked since.");
        assertThat(lede(detail, UP.plusMillis(1)))
                .isEqualTo("From eu it opened and answered a REQ. Writing was not tested this time.");
        assertThat(verdict(detail, Duration.ofHours(20)))
                .isEqualTo("Was online when last checked, at 22 Nov, 16:37 UTC, 20 h ago. Not checked since.");
    }

    @Test
    void whatIsUnknownWasNeverClaimed() {
        Detail detail = VerdictTest.detail(RelayState.UNKNOWN, null, null, null);

        assertThat(verdict(detail, Duration.ofDays(9))).isEqualTo("Not checked yet.");
    }

    /** Checks were made since, but found nothing out: then they say why. */
    @Test
    void whyNothingWasFoundOutSinceIsToldIfItIsKnown() {
        CheckReport report = new CheckReport(
                WELL.relay(),
                "eu",
                NOW.plus(UP),
                NOW.plus(UP),
                null,
                Phases.NONE,
                new NotTested(Reason.NO_PROXY),
                new NotTested(Reason.NOT_REACHED),
                new NotTested(Reason.NOT_REACHED),
                new NotTested(Reason.NOT_REACHED),
                null,
                Map.of(),
                Duration.ZERO,
                Set.of(),
                1,
                Facts.NONE);

        assertThat(verdict(VerdictTest.detail(RelayState.ONLINE, null, null, report), UP.plusMinutes(2)))
                .isEqualTo("Was online when last checked, at 16:37 UTC, 32 min ago."
                        + " Not checked since: no proxy to its network is configured.");
    }

    @Test
    void aRowOfAListSaysItInOneLineAndLosesItsColour() {
        Item online = VerdictTest.detail(RelayState.ONLINE, null, null, WELL).item();
        Item offline = VerdictTest.detail(RelayState.OFFLINE, Stage.TCP, Reason.TCP_REFUSED, null)
                .item();
        Instant late = NOW.plus(DEAD).plusMillis(1);

        assertThat(RelayRow.of(online, NOW.plus(UP)).trouble()).isNull();
        assertThat(RelayRow.of(online, NOW.plus(UP)).state()).isEqualTo(StateMark.of(RelayState.ONLINE));
        assertThat(RelayRow.of(online, late).trouble()).isEqualTo("Not checked since 16:37, was online");
        assertThat(RelayRow.of(online, late).state()).isEqualTo(new StateMark("on", "is-unk", "Was online"));
        assertThat(RelayRow.of(offline, NOW.plus(DEAD)).troubleCss()).isEqualTo("bad");
        assertThat(RelayRow.of(offline, late).trouble())
                .isEqualTo("Not checked since 16:37, was offline: the connection was refused");
        assertThat(RelayRow.of(offline, late).troubleCss()).isEmpty();
    }

    @Test
    void aComparisonClaimsNoMore() {
        Compared online = compared(VerdictTest.detail(RelayState.ONLINE, null, null, WELL));
        Compared offline = compared(VerdictTest.detail(RelayState.OFFLINE, null, null, null));
        Instant late = NOW.plus(UP).plusMillis(1);

        assertThat(CompareVerdict.lede(List.of(online, online), NOW.plus(UP))).isEqualTo("Both are online.");
        assertThat(CompareVerdict.lede(List.of(online, online), late)).isEqualTo("Both were online when last checked.");
        assertThat(CompareVerdict.lede(List.of(online, offline), late))
                .isEqualTo("A was online when last checked, B is offline.");
        assertThat(CompareVerdict.lede(List.of(online), late)).isEqualTo("It was online when last checked.");
    }

    private static Compared compared(Detail detail) {
        Up unknown = new Up(Duration.ZERO, Duration.ZERO);
        return new Compared(detail, new Uptimes(unknown, unknown, unknown, unknown), List.of());
    }
}
