package org.nostrmonitor.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.testing.Await.await;

import io.vertx.core.Future;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.redis.client.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.bus.Messages;
import org.nostrmonitor.bus.Messages.CycleCompleted;
import org.nostrmonitor.config.CronTicks;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.queue.JobQueue;
import org.nostrmonitor.queue.JobQueue.Claim;
import org.nostrmonitor.queue.Lease;
import org.nostrmonitor.queue.Pace;
import org.nostrmonitor.queue.QueueView;
import org.nostrmonitor.queue.QueueView.CycleProgress;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.CycleRepository;
import org.nostrmonitor.testing.RealBackends;

class CycleWatchTest {
    @RegisterExtension
    static final RealBackends BACKENDS = new RealBackends();

    private static final RelayUrl ONE = RelayUrl.of("wss://one.example/");
    private static final RelayUrl TWO = RelayUrl.of("wss://two.example/");
    private static final Instant TICK = Instant.parse("2026-11-22T12:00:00Z");
    private static final CycleCompleted NO_MORE = new CycleCompleted("nowhere", TICK, 0, TICK);

    private final JobQueue queue = BACKENDS.queue();
    private final QueueView view = BACKENDS.queueView();
    private final CycleRepository cycles = BACKENDS.cycles();
    private Instant now = Instant.now();
    private final CheckScheduler scheduler = new CheckScheduler(
            new CronTicks("*/15 * * * *"),
            new CheckPlan(MonitorConfig.DEFAULT.checks(), "ab".repeat(32), List.of()),
            BACKENDS.relays(),
            cycles,
            queue,
            () -> Future.succeededFuture(Set.of("eu")),
            () -> now);
    private final CycleWatch watch = watch();
    private final LinkedBlockingQueue<CycleCompleted> heard = new LinkedBlockingQueue<>();
    private final MessageConsumer<CycleCompleted> ear = BACKENDS.bus().subscribe(Messages.CYCLE_COMPLETED, heard::add);

    private CycleWatch watch() {
        return new CycleWatch(cycles, view, scheduler, BACKENDS.bus(), () -> now);
    }

    @BeforeEach
    void listens() {
        await(ear.completion());
        BACKENDS.know(ONE, TWO);
    }

    @AfterEach
    void hearsNoMore() {
        await(ear.unregister());
    }

    @Test
    void endsACycleOnceAndSaysSoOnceThoughTwoLook() throws Exception {
        await(scheduler.tick(TICK));
        claim(2).forEach(lease -> await(queue.ack(lease)));

        await(Future.all(watch.look(), watch().look()));
        await(watch.look());

        assertThat(state(TICK)).isEqualTo("complete");
        assertThat(heard()).containsExactly(new CycleCompleted("eu", TICK, 2, now));
    }

    @Test
    void countsADeadLetterAsTheEndOfAJob() throws Exception {
        await(scheduler.tick(TICK));
        claim(2).forEach(lease -> await(queue.bury(lease, "it would not go")));

        await(watch.look());

        assertThat(state(TICK)).isEqualTo("complete");
        assertThat(heard()).hasSize(1);
    }

    @Test
    void leavesACycleAloneWhileAJobIsLeft() throws Exception {
        await(scheduler.tick(TICK));
        Lease acked = claim(1).get(0);
        await(queue.ack(acked));

        await(watch.look());

        assertThat(state(TICK)).isEqualTo("running");
        assertThat(await(view.counts("eu")).ready()).isEqualTo(1);
        assertThat(heard()).isEmpty();
    }

    @Test
    void plansACycleAgainThatRedisHasForgotten() throws Exception {
        await(scheduler.tick(TICK));
        BACKENDS.redis().command(Command.FLUSHALL);

        await(watch.look());

        assertThat(await(view.progress("eu", TICK))).isEqualTo(new CycleProgress(2, 0, 0, true));
        assertThat(state(TICK)).isEqualTo("running");
        assertThat(heard()).isEmpty();
    }

    @Test
    void finishesAPlanThatAnotherSchedulerLeftHalfDone() {
        await(cycles.begin(TICK, "eu", TICK.plusSeconds(900)));
        now = Instant.now().plus(Duration.ofMinutes(2));

        await(watch.look());

        assertThat(await(view.progress("eu", TICK))).isEqualTo(new CycleProgress(2, 0, 0, true));
        assertThat(state(TICK)).isEqualTo("running");
    }

    @Test
    void leavesAPlanAloneThatSomebodyMayStillBeAt() {
        await(cycles.begin(TICK, "eu", TICK.plusSeconds(900)));
        now = Instant.now().plusSeconds(10);

        await(watch.look());

        assertThat(await(view.progress("eu", TICK))).isEqualTo(new CycleProgress(0, 0, 0, false));
        assertThat(state(TICK)).isEqualTo("planning");
    }

    @Test
    void looksAtNothingWhenNothingRuns() throws Exception {
        await(watch.look());

        assertThat(heard()).isEmpty();
    }

    private List<Lease> claim(int most) {
        return await(queue.claim(new Claim("eu", "worker", most, 0, Duration.ofMinutes(1), Pace.UNLIMITED)));
    }

    private String state(Instant cycle) {
        return await(cycles.latest(10)).stream()
                .filter(row -> row.cycle().equals(cycle))
                .findFirst()
                .orElseThrow()
                .state();
    }

    /** All that was said up to now: the bus keeps the order. */
    private List<CycleCompleted> heard() throws InterruptedException {
        BACKENDS.bus().publish(Messages.CYCLE_COMPLETED, NO_MORE);
        List<CycleCompleted> all = new java.util.ArrayList<>();
        CycleCompleted next = heard.poll(10, TimeUnit.SECONDS);
        while (next != null && !next.equals(NO_MORE)) {
            all.add(next);
            next = heard.poll(10, TimeUnit.SECONDS);
        }
        return all;
    }
}
