package org.nostrmonitor.consume;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.consume.WitnessRound.Testimony;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.RelayUrl;

/** With numbers only: a clock that is moved, and witnesses that say what the test says. */
class SelfDoubtTest {
    private static final int MANY = Integer.MAX_VALUE;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Map<RelayUrl, Promise<Testimony>> asked = new LinkedHashMap<>();
    private final List<RelayUrl> everAsked = new ArrayList<>();
    private long nanos = -5_000_000_000L;
    private final SelfDoubt doubt = new SelfDoubt(
            DoubtSettings.DEFAULT, this::ask, new Random(66), () -> nanos, new DoubtFigures(registry, "eu"));

    private Future<Testimony> ask(RelayUrl relay) {
        everAsked.add(relay);
        return asked.computeIfAbsent(relay, key -> Promise.promise()).future();
    }

    @Test
    void believesSomeFailuresAmongMany() {
        answer(1, 100);

        assertThat(believed(80, 86, Found::offline)).isEqualTo(7);
        assertThat(doubt.mostClaims(500)).isEqualTo(MANY);
        assertThat(everAsked).isEmpty();
    }

    @Test
    void asksEightWitnessesWhenEightThatWereUpFailOneAfterTheOther() {
        answer(1, 100);

        assertThat(believed(1, 8, Found::offline)).isEqualTo(7);

        assertThat(everAsked).hasSize(8).doesNotHaveDuplicates();
        assertThat(doubt.mostClaims(0)).isZero();
        assertThat(doubt.doubting()).isFalse();
        assertThat(doubt.note()).contains("8 of 100 relays that were up do not answer", "are asked");
    }

    @Test
    void countsAHostOnce() {
        answer(1, 20);

        for (int i = 0; i < 30; i++) {
            assertThat(hears(RelayUrl.of("wss://one.example/" + i), true, Found::offline))
                    .isTrue();
        }
    }

    @Test
    void asksWhenMostThatWereUpFailThoughSomeAnswerInBetween() {
        for (int i = 1; i <= 3; i++) {
            answer(i, i);
            believed(10 * i, 10 * i, Found::offline);
        }
        assertThat(believed(40, 41, Found::offline)).isEqualTo(2);

        assertThat(believed(42, 42, Found::offline)).isZero();

        assertThat(everAsked).isNotEmpty();
    }

    @Test
    void believesTheFailuresWhenHalfOfTheWitnessesAnswerAndThenTrustsItsNetworkForAWindow() {
        answer(1, 100);
        believed(1, 8, Found::offline);

        testify(Testimony.ANSWERS, 4);

        assertThat(doubt.mostClaims(0)).isEqualTo(MANY);
        assertThat(doubt.note()).isEmpty();
        assertThat(believed(9, 60, Found::offline)).isEqualTo(52);
        testify(Testimony.SILENT, 4);
        assertThat(rounds("works")).isEqualTo(1);

        asked.clear();
        pass(Duration.ofSeconds(61));
        assertThat(believed(61, 61, Found::offline)).isZero();
        assertThat(asked).hasSize(8);
    }

    @Test
    void doubtsWhenMoreThanHalfOfTheWitnessesAreSilent() {
        answer(1, 500);
        believed(1, 8, Found::offline);
        testify(Testimony.ANSWERS, 3);

        testify(Testimony.SILENT, 5);

        assertThat(doubt.doubting()).isTrue();
        assertThat(doubt.mostClaims(0)).isZero();
        assertThat(believed(9, 480, Found::offline)).isZero();
        assertThat(doubt.note())
                .isEqualTo("480 of 500 relays that were up do not answer, nor do 5 of 8 witnesses: our own network is"
                        + " in doubt; nothing is claimed, and nothing is stored as offline");
        assertThat(registry.counter("monitor.job.doubted", "region", "eu").count())
                .isEqualTo(473);
    }

    @Test
    void doesNotBelieveFailuresOfThoseThatWereNeverUpEither() {
        cut(100);

        assertThat(hears(relay(9_000), false, Found::offline)).isFalse();
        assertThat(hears(relay(9_001), false, Found::online)).isTrue();
        assertThat(doubt.doubting()).isTrue();
    }

    @Test
    void asksAnotherRoundAfterFiveSecondsAndTrustsItsNetworkWhenHalfOfItAnswers() {
        cut(100);
        asked.clear();
        pass(Duration.ofMillis(3_999));
        assertThat(asked).isEmpty();

        pass(Duration.ofMillis(2_001));

        assertThat(asked).hasSize(8);
        testify(Testimony.ANSWERS, 4);
        assertThat(doubt.doubting()).isFalse();
        assertThat(doubt.mostClaims(0)).isEqualTo(MANY);
        assertThat(believed(1, 7, Found::offline)).isEqualTo(7);
    }

    @Test
    void asksAWitnessOnceAMinuteAtMost() {
        answer(1, 10);
        believed(1, 8, Found::offline);
        testify(Testimony.SILENT, 8);

        for (int i = 0; i < 9; i++) {
            pass(Duration.ofSeconds(6));
            testify(Testimony.SILENT, 8);
        }
        assertThat(everAsked).hasSize(10).doesNotHaveDuplicates();

        pass(Duration.ofSeconds(6));
        assertThat(everAsked).hasSize(18);
    }

    @Test
    void forgetsWhoIsSilentThreeTimesWhileOthersAnswerSoThatARealOutageEndsTheDoubt() {
        answer(1, 64);
        believed(1, 8, Found::offline);

        int rounds = 0;
        while (doubt.mostClaims(0) == 0 && rounds < 100) {
            asked.forEach((relay, promise) ->
                    promise.tryComplete(number(relay) <= 50 ? Testimony.SILENT : Testimony.ANSWERS));
            asked.clear();
            pass(Duration.ofSeconds(6));
            rounds++;
        }

        assertThat(rounds).isLessThan(40);
    }

    @Test
    void forgetsNobodyWhileNobodyAnswers() {
        answer(1, 8);
        believed(1, 8, Found::offline);
        for (int i = 0; i < 5; i++) {
            testify(Testimony.SILENT, 8);
            asked.clear();
            pass(Duration.ofSeconds(61));
        }

        assertThat(asked).hasSize(8);
    }

    @Test
    void hearsNothingFromAWitnessThatCouldNotBeAsked() {
        answer(1, 100);
        believed(1, 8, Found::offline);

        testify(Testimony.NONE, 7);
        assertThat(doubt.mostClaims(0)).isZero();
        testify(Testimony.ANSWERS, 1);

        assertThat(doubt.mostClaims(0)).isEqualTo(MANY);
    }

    @Test
    void asksAlsoWhenNothingAtAllHasComeBackForAWindow() {
        answer(1, 5);
        pass(Duration.ofMinutes(15));

        assertThat(believed(1, 2, Found::offline)).isEqualTo(2);
        assertThat(believed(3, 3, Found::offline)).isZero();

        testify(Testimony.SILENT, 5);
        pass(Duration.ofSeconds(75));
        assertThat(doubt.note()).startsWith("nothing has come back for 975 s from the 3 hosts that were tried, nor do");
    }

    @Test
    void believesASingleDeadRelayOfASmallList() {
        answer(1, 5);
        pass(Duration.ofMinutes(15));
        answer(1, 4);

        assertThat(believed(5, 5, Found::offline)).isEqualTo(1);
    }

    @Test
    void believesNothingInTheFirstMinuteWithoutHavingReachedSomebody() {
        assertThat(hears(relay(1), false, Found::offline)).isFalse();
        pass(Duration.ofSeconds(59));
        assertThat(hears(relay(1), false, Found::offline)).isFalse();

        pass(Duration.ofSeconds(1));

        assertThat(hears(relay(1), false, Found::offline)).isTrue();
        assertThat(doubt.note()).isEmpty();
    }

    @Test
    void believesAtOnceWhenItHasReachedSomebody() {
        answer(1, 1);

        assertThat(hears(relay(2), false, Found::offline)).isTrue();
    }

    @Test
    void believesAtOnceWhenACertificateShowsThatTheNetworkWorks() {
        assertThat(hears(relay(1), false, Found::expired)).isTrue();
        assertThat(hears(relay(2), false, Found::offline)).isTrue();
    }

    @Test
    void beginsWithFewJobsAtATimeUntilItHasReachedSomebody() {
        assertThat(doubt.mostClaims(900)).isEqualTo(MANY);
        hears(relay(1), false, Found::offline);

        assertThat(doubt.mostClaims(20)).isEqualTo(5);
        assertThat(doubt.mostClaims(900)).isZero();
    }

    @Test
    void feelsItsWayWithFiveJobsWhenItHasReachedNobodyInAMinute() {
        for (int i = 1; i <= 3; i++) {
            hears(relay(i), false, Found::offline);
        }
        pass(Duration.ofSeconds(60));
        assertThat(hears(relay(1), false, Found::offline)).isFalse();
        assertThat(doubt.note()).startsWith("nothing has come back for 60 s from the 3 hosts that were tried: our own");
        pass(Duration.ZERO);
        assertThat(doubt.mostClaims(0)).isEqualTo(5);
        doubt.claimed(5);
        assertThat(doubt.mostClaims(0)).isZero();
        pass(Duration.ofSeconds(6));
        assertThat(doubt.mostClaims(0)).isEqualTo(5);

        hears(relay(2), false, Found::online);

        assertThat(doubt.mostClaims(0)).isEqualTo(MANY);
        assertThat(everAsked).isEmpty();
    }

    @Test
    void isNotFooledByAPortalThatAnswersInPlaceOfAllThatWereUp() {
        for (int i = 1; i <= 9; i++) {
            hears(relay(i), true, Found::expired);
        }

        assertThat(doubt.doubting()).isTrue();
        assertThat(hears(relay(10), true, Found::expired)).isFalse();
        assertThat(hears(relay(11), true, Found::online)).isTrue();
        assertThat(doubt.doubting()).isFalse();
    }

    @Test
    void doesNotAskWhoIsStoredAsOffline() {
        answer(1, 9);
        doubt.stored(Found.offline(job(relay(9), true)));

        believed(1, 8, Found::offline);

        assertThat(everAsked).hasSize(8).doesNotContain(relay(9));
    }

    @Test
    void handsBackForLongerTheLongerItLasts() {
        cut(100);
        assertThat(doubt.handBack()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(3));
        nanos += Duration.ofSeconds(20).toNanos();
        assertThat(doubt.handBack()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(30));
        nanos += Duration.ofHours(1).toNanos();
        assertThat(doubt.handBack()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(90));
    }

    /** The network goes: all fail, and the witnesses with them. */
    private void cut(int relays) {
        answer(1, relays);
        believed(1, 8, Found::offline);
        testify(Testimony.SILENT, 8);
        assertThat(doubt.doubting()).isTrue();
    }

    private void answer(int first, int last) {
        for (int i = first; i <= last; i++) {
            assertThat(hears(relay(i), true, Found::online)).isTrue();
        }
    }

    /** How many are. */
    private int believed(int first, int last, Function<CheckJob, CheckReport> found) {
        int believed = 0;
        for (int i = first; i <= last; i++) {
            believed += hears(relay(i), true, found) ? 1 : 0;
        }
        return believed;
    }

    private boolean hears(RelayUrl relay, boolean wasUp, Function<CheckJob, CheckReport> found) {
        CheckJob job = job(relay, wasUp);
        return doubt.believes(job, found.apply(job));
    }

    /** The next of those that were asked and have not said anything. */
    private void testify(Testimony testimony, int most) {
        List<Promise<Testimony>> open = asked.values().stream()
                .filter(promise -> !promise.future().isComplete())
                .limit(most)
                .toList();
        open.forEach(promise -> promise.complete(testimony));
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
        doubt.tick();
    }

    private double rounds(String verdict) {
        return registry.counter("monitor.doubt.rounds", "region", "eu", "verdict", verdict)
                .count();
    }

    private static CheckJob job(RelayUrl relay, boolean wasUp) {
        return Workshop.job(relay, null).withWasUp(wasUp);
    }

    private static RelayUrl relay(int number) {
        return RelayUrl.of("wss://r" + number + ".example/");
    }

    private static int number(RelayUrl relay) {
        return Integer.parseInt(relay.host().substring(1, relay.host().indexOf('.')));
    }
}
