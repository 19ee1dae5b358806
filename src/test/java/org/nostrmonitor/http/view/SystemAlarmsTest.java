package org.nostrmonitor.http.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.cache.TargetState;
import org.nostrmonitor.cache.TargetState.Refusals;
import org.nostrmonitor.cache.Workers.Worker;
import org.nostrmonitor.http.view.Alarm.Severity;
import org.nostrmonitor.http.view.CycleNow.Estimate;
import org.nostrmonitor.http.view.CycleNow.Region;
import org.nostrmonitor.http.view.SystemParts.Form;
import org.nostrmonitor.http.view.Upkeep.Heard;
import org.nostrmonitor.queue.QueueView.QueueCounts;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.CycleRepository.Cycle;
import org.nostrmonitor.storage.RunLog.Run;

/** Each thing that an operator must know, alone. */
class SystemAlarmsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T16:37:00Z");
    private static final Instant TICK = Instant.parse("2026-11-22T16:30:00Z");
    private static final RelayUrl TARGET = RelayUrl.of("wss://target.example/");
    private static final Heard WELL = new Heard(true, 5L, 8L);

    private @Nullable List<Cycle> cycles = List.of(cycle("complete", null));
    private @Nullable Map<String, Integer> depth = Map.of(TARGET.value(), 7);
    private @Nullable List<TargetState> targets = List.of(target(true, null, null));
    private @Nullable Map<String, QueueCounts> queue = Map.of("eu", new QueueCounts(0, 0, 0, 0, 0, 0, Duration.ZERO));
    private @Nullable List<Worker> workers = List.of(worker(0, 0, ""));
    private @Nullable List<Run> runs = List.of(run("maintenance", Duration.ofHours(13), true, "done"));
    private @Nullable Heard heard = WELL;
    private @Nullable CycleNow now;

    private static Cycle cycle(String state, @Nullable String why) {
        return new Cycle(TICK, "eu", state, 60, TICK.plusSeconds(840), TICK.plusSeconds(1), null, why);
    }

    private static Worker worker(int busy, int lagMs, String note) {
        return new Worker("eu-1", "eu", NOW.minusSeconds(3_600), 400, busy, 0, 0, 12, lagMs, note);
    }

    private static TargetState target(boolean connected, @Nullable Refusals refusals, @Nullable String error) {
        return new TargetState(TARGET, connected, 0, 9, 0, null, refusals, error, null);
    }

    private static Run run(String job, Duration ago, boolean well, String result) {
        return new Run(job, NOW.minus(ago), Duration.ofMillis(5), well, result);
    }

    private List<Alarm> alarms() {
        SystemParts parts = new SystemParts(
                cycles,
                depth,
                targets,
                queue,
                workers,
                List.of(),
                "*/15 * * * *",
                Duration.ofMinutes(15),
                new Form(false, null, Set.of()),
                new Upkeep(runs, heard, 0, null));
        return SystemAlarms.of(parts, new Now(NOW, now));
    }

    private void says(Severity severity, String head, String detail) {
        assertThat(alarms()).singleElement().satisfies(alarm -> {
            assertThat(alarm.severity()).isEqualTo(severity);
            assertThat(alarm.head()).isEqualTo(head);
            assertThat(alarm.detail()).startsWith(detail);
        });
    }

    private void waiting(int ready, int dead, Duration overdue) {
        queue = Map.of("eu", new QueueCounts(ready, 0, 0, 0, 0, dead, overdue));
    }

    @Test
    void aMonitorThatIsWellHasNone() {
        assertThat(alarms()).isEmpty();
    }

    @Test
    void postgresIsAway() {
        cycles = null;
        depth = null;
        runs = null;
        says(Severity.FAILURE, "PostgreSQL does not answer.", "Cycles and what waits to be published cannot be told.");
    }

    @Test
    void redisIsAway() {
        workers = null;
        queue = null;
        targets = null;
        heard = null;
        says(Severity.FAILURE, "Redis does not answer.", "What waits and who is at work cannot be told.");
    }

    @Test
    void noSchedulerBeginsACycle() {
        cycles =
                List.of(new Cycle(Instant.parse("2026-11-22T16:00:00Z"), "eu", "complete", 60, TICK, TICK, TICK, null));
        says(
                Severity.FAILURE,
                "No cycle has begun since 16:00 UTC.",
                "The next was due at 16:15 UTC. Relays are not checked.");
        cycles = List.of();
        assertThat(alarms()).isEmpty();
    }

    @Test
    void aCycleWasMissed() {
        cycles = List.of(cycle("missed", "redis was away"));
        says(Severity.WARNING, "The last cycle of eu was missed.", "Redis was away.");
        cycles = List.of(cycle("missed", null));
        says(Severity.WARNING, "The last cycle of eu was missed.", "No reason is recorded.");
    }

    @Test
    void aCycleIsTooSlow() {
        Estimate estimate = new Estimate(0.1, Duration.ofMinutes(20));
        now = new CycleNow(TICK, List.of(Region.of(cycle("running", null), 9, 0, estimate)));
        says(
                Severity.WARNING,
                "The cycle of eu will not end in time.",
                "At its pace it ends at 16:57 UTC; its deadline is 16:44 UTC.");
    }

    @Test
    void aRegionIsDeserted() {
        workers = List.of();
        waiting(2, 0, Duration.ZERO);
        says(Severity.FAILURE, "No worker is seen in eu.", "2 jobs wait there, and nobody takes them.");
        waiting(1, 0, Duration.ZERO);
        says(Severity.FAILURE, "No worker is seen in eu.", "1 job waits there, and nobody takes it.");
        waiting(0, 0, Duration.ZERO);
        cycles = List.of(cycle("planning", null));
        says(Severity.FAILURE, "No worker is seen in eu.", "No job waits there, and nobody takes them.");
    }

    @Test
    void aRegionIsTooSlow() {
        workers = List.of(worker(400, 3, ""));
        waiting(900, 0, Duration.ofMinutes(16));
        says(Severity.WARNING, "eu cannot keep up.", "Its most urgent job is overdue by 16 min, more than one cycle.");
    }

    @Test
    void aWorkerDoubtsItsNetwork() {
        workers = List.of(
                new Worker("eu-1", "eu", NOW.minusSeconds(60), 400, 0, 0, 0, 0, 0, "480 of 500 relays are away", true));
        says(Severity.WARNING, "Worker eu-1 of eu doubts its own network.", "480 of 500 relays are away.");
    }

    @Test
    void aWorkerIsKeptFromWorking() {
        workers = List.of(worker(0, 90, "redis is away"));
        says(Severity.WARNING, "Worker eu-1 is kept from working.", "Redis is away.");
    }

    @Test
    void aWorkerClaimsNothing() {
        waiting(1, 0, Duration.ofSeconds(70));
        says(Severity.WARNING, "Worker eu-1 claims nothing.", "1 job is ready in eu, the most urgent overdue by 70 s.");
    }

    @Test
    void aWorkerIsTooBusyToMeasure() {
        workers = List.of(worker(400, 51, ""));
        says(Severity.WARNING, "Worker eu-1 is too busy to measure well.", "Its event loops are up to 51 ms late.");
        workers = List.of(worker(400, 50, ""));
        assertThat(alarms()).isEmpty();
    }

    @Test
    void jobsAreDead() {
        waiting(0, 1, Duration.ZERO);
        says(Severity.WARNING, "1 job is a dead letter.", "Nobody tries it again without being told to.");
        waiting(0, 4, Duration.ZERO);
        says(Severity.WARNING, "4 jobs are dead letters.", "Nobody tries them again without being told to.");
    }

    @Test
    void nobodyPublishes() {
        targets = null;
        says(Severity.WARNING, "No publisher is heard of.", "7 events wait, and nobody has said for a minute");
        depth = Map.of(TARGET.value(), 0);
        assertThat(alarms()).isEmpty();
    }

    @Test
    void aTargetRefuses() {
        targets = List.of(target(true, new Refusals(3, "blocked", "blocked: not you", true), null));
        says(
                Severity.WARNING,
                "wss://target.example refuses our events.",
                "It refused the last 3 events, all as blocked: blocked: not you. 7 events wait for it.");
        targets = List.of(target(true, new Refusals(2, "blocked", "blocked: not you", true), null));
        assertThat(alarms()).isEmpty();
    }

    @Test
    void aTargetCannotBeReached() {
        targets = List.of(target(false, null, "connection refused"));
        says(
                Severity.WARNING,
                "wss://target.example does not take our events.",
                "Connection refused. 7 events wait for it.");
        depth = Map.of(TARGET.value(), 0);
        assertThat(alarms()).isEmpty();
    }

    @Test
    void noCoordinatorSaysAnything() {
        heard = new Heard(false, null, null);
        says(Severity.WARNING, "No coordinator is heard of.", "None has said anything for a minute");
    }

    @Test
    void partitionsRunOut() {
        heard = new Heard(true, 5L, 1L);
        says(Severity.WARNING, "Partitions are made for only 1 day from today on.", "They should be there for a week.");
        heard = new Heard(true, 5L, null);
        assertThat(alarms()).isEmpty();
    }

    @Test
    void aRunFailed() {
        runs = List.of(
                run("maintenance", Duration.ofHours(1), true, "done"),
                run("announce", Duration.ofMinutes(7), false, "no key"));
        says(Severity.WARNING, "The announcement failed at 16:30 UTC.", "No key.");
    }

    @Test
    void maintenanceIsNotMade() {
        runs = List.of(run("maintenance", Duration.ofHours(27), true, "done"));
        says(Severity.WARNING, "Maintenance was made last at 21 Nov, 13:37 UTC.", "It should be made every night.");
    }

    @Test
    void failuresComeFirstAndStrangersWordsAreMadeHarmless() {
        waiting(5, 2, Duration.ZERO);
        workers = List.of();
        targets = List.of(target(true, new Refusals(9, "blocked", "\u202e<b>", false), null));
        assertThat(alarms())
                .extracting(Alarm::severity)
                .containsExactly(Severity.FAILURE, Severity.WARNING, Severity.WARNING);
        assertThat(alarms().get(2).detail()).contains("U+202E").doesNotContain("\u202e");
    }
}
