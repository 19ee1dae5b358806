package org.nostrmonitor.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.RelayRepository.Candidate;
import org.nostrmonitor.storage.RelayRepository.KnownRelay;

class SelectionTest {
    private static final Instant CYCLE = Instant.parse("2026-11-22T12:00:00Z");

    private final Selection selection = new Selection(
            new CheckPlan(
                    MonitorConfig.DEFAULT.checks(), new BackOff(Duration.ofHours(6)), 3, SigningKeys.of(""), List.of()),
            "eu",
            CYCLE,
            Duration.ofMinutes(15));

    @Test
    void picksTheFirstSoManyOfEachHost() {
        List<CheckJob> jobs = selection.jobs(List.of(
                open("wss://a.example/1"),
                open("wss://a.example/2"),
                open("wss://a.example/3"),
                open("wss://a.example/4"),
                open("wss://b.example/1")));

        assertThat(jobs)
                .extracting(job -> job.relay().value())
                .containsExactly("wss://a.example/1", "wss://a.example/2", "wss://a.example/3", "wss://b.example/1");
        assertThat(selection.planned()).isEqualTo(4);
    }

    @Test
    void remembersAHostFromOnePageToTheNext() {
        selection.jobs(List.of(open("wss://a.example/1"), open("wss://a.example/2")));

        assertThat(selection.jobs(List.of(open("wss://a.example/3"), open("wss://a.example/4"))))
                .hasSize(1);
    }

    @Test
    void countsWhatIsStoredTowardsItsHostAndTheCycle() {
        List<CheckJob> jobs = selection.jobs(List.of(
                stored("wss://a.example/1"),
                stored("wss://a.example/2"),
                open("wss://a.example/3"),
                open("wss://a.example/4")));

        assertThat(jobs).extracting(job -> job.relay().value()).containsExactly("wss://a.example/3");
        assertThat(selection.planned()).isEqualTo(3);
        assertThat(selection.picked()).isEqualTo(1);
    }

    @Test
    void givesNoPlaceToWhatIsNotDue() {
        List<Candidate> candidates = IntStream.range(0, 9)
                .mapToObj(i -> i < 6 ? dead("wss://a.example/" + i) : open("wss://a.example/" + i))
                .toList();

        assertThat(selection.jobs(candidates)).hasSize(3);
    }

    @Test
    void checksAnAliasOnceADayAndGivesItNoPlaceOfItsRelay() {
        List<CheckJob> jobs = selection.jobs(List.of(
                alias("wss://a.example/new", null),
                alias("wss://a.example/yesterday", CYCLE.minus(Duration.ofDays(1))),
                alias("wss://a.example/today", CYCLE.minus(Duration.ofHours(23))),
                open("wss://a.example/1"),
                open("wss://a.example/2"),
                open("wss://a.example/3")));

        assertThat(jobs)
                .extracting(job -> job.relay().target())
                .containsExactly("/new", "/yesterday", "/1", "/2", "/3");
    }

    @Test
    void checksOnlySoManyAliasesOfAHostInACycle() {
        List<Candidate> aliases = IntStream.range(0, 9)
                .mapToObj(i -> alias("wss://a.example/" + i, null))
                .toList();

        assertThat(selection.jobs(aliases)).hasSize(3);
        assertThat(selection.jobs(List.of(open("wss://a.example/")))).hasSize(1);
    }

    private static Candidate alias(String url, @Nullable Instant last) {
        return new Candidate(
                new KnownRelay(1, RelayUrl.of(url), RelayState.ONLINE, last, last, last, null, null, null, null),
                false,
                true);
    }

    private static Candidate open(String url) {
        return new Candidate(
                new KnownRelay(1, RelayUrl.of(url), RelayState.UNKNOWN, null, null, null, null, null, null, null),
                false);
    }

    private static Candidate stored(String url) {
        return new Candidate(open(url).relay(), true);
    }

    private static Candidate dead(String url) {
        Instant last = CYCLE.minusSeconds(900);
        Instant since = CYCLE.minus(Duration.ofDays(99));
        return new Candidate(
                new KnownRelay(1, RelayUrl.of(url), RelayState.OFFLINE, since, last, last, null, null, null, null),
                false);
    }
}
