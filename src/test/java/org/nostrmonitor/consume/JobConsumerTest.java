package org.nostrmonitor.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.consume.Workshop.CYCLE;
import static org.nostrmonitor.consume.Workshop.LONG;
import static org.nostrmonitor.consume.Workshop.REGION;
import static org.nostrmonitor.testing.Await.await;
import static org.nostrmonitor.testing.Await.until;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.nostr.EventSigner;
import org.nostrmonitor.nostr.KeyRing;
import org.nostrmonitor.queue.DeadLetters;
import org.nostrmonitor.queue.JobQueue;
import org.nostrmonitor.queue.JobQueue.Claim;
import org.nostrmonitor.queue.Pace;
import org.nostrmonitor.queue.QueueView;
import org.nostrmonitor.queue.QueueView.JobStatus;
import org.nostrmonitor.queue.QueueView.QueueCounts;
import org.nostrmonitor.queue.QueueView.Where;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.testing.RealBackends;

class JobConsumerTest {
    @RegisterExtension
    @Order(1)
    static final RealBackends BACKENDS = new RealBackends();

    @RegisterExtension
    @Order(2)
    final Workshop workshop = new Workshop(BACKENDS);

    private static final int SLOTS = 2;

    private final JobQueue queue = workshop.queue;
    private final QueueView view = BACKENDS.queueView();
    private final DeadLetters letters = BACKENDS.deadLetters();
    private final Vertx vertx = BACKENDS.vertx();
    private final WorkLoop loop = new WorkLoop(vertx);
    private final JobConsumer consumer = consumer(workshop.keys);
    private final Queue<AtWork> atWork = new ConcurrentLinkedQueue<>();

    private record AtWork(CheckJob job, Promise<CheckReport> answer) {}

    private JobConsumer consumer(KeyRing keys) {
        return new JobConsumer(workshop.surroundings(BACKENDS.reports(), keys, queue), Workshop.settings(SLOTS));
    }

    @Test
    void claimsNoMoreThanItHasSlots() {
        plan(5);
        proberTakesItsTime();

        claimUntilBusy(2);
        loop.run(consumer::claim);

        assertThat(await(view.counts(REGION))).isEqualTo(new QueueCounts(3, 0, 0, 0, 2, 0, Duration.ZERO));
        finishAll();
        claimUntilBusy(2);
        finishAll();
        claimUntilBusy(1);
        finishAll();
        until(this::finished, done -> done == 5);
        assertThat(await(view.counts(REGION))).isEqualTo(new QueueCounts(0, 0, 0, 0, 0, 0, Duration.ZERO));
    }

    @Test
    void claimsOnceThoughItIsAskedTwiceAtATime() {
        plan(5);
        proberTakesItsTime();

        loop.run(() -> {
            consumer.claim();
            consumer.claim();
        });

        until(this::busy, busy -> busy == 2);
        assertThat(await(view.counts(REGION)).leased()).isEqualTo(2);
        finishAll();
    }

    @Test
    void staysOnItsEventLoop() {
        plan(1);
        workshop.proberFinds(Found::offline);
        Promise<@Nullable Context> seen = Promise.promise();
        JobConsumer watched = consumer(new KeyRing() {
            @Override
            public EventSigner primary() {
                return workshop.signer;
            }

            @Override
            public Optional<EventSigner> signer(String publicKey) {
                seen.tryComplete(Vertx.currentContext());
                return workshop.keys.signer(publicKey);
            }
        });

        loop.run(watched::claim);

        assertThat(await(seen.future())).isSameAs(await(loop.get(Vertx::currentContext)));
        until(() -> loop.get(watched::finished), done -> done == 1);
    }

    @Test
    void goesOnWhenTheQueueIsBack() throws Exception {
        plan(1);
        workshop.proberFinds(Found::offline);
        BACKENDS.redis().server().stop();
        try {
            loop.run(consumer::claim);
        } finally {
            BACKENDS.redis().server().restart();
        }

        until(this::finishedAfterAClaim, done -> done == 1);
    }

    @Test
    void stopsAtOnceWhenIdleAndClaimsNothingMore() {
        plan(1);

        await(stop(LONG));
        loop.run(consumer::claim);

        assertThat(await(view.counts(REGION))).isEqualTo(new QueueCounts(1, 0, 0, 0, 0, 0, Duration.ZERO));
    }

    @Test
    void waitsForWhatIsUnderWayWhenItStops() {
        plan(3);
        proberTakesItsTime();
        claimUntilBusy(2);
        until(() -> loop.get(atWork::size), begun -> begun == 2);

        Future<Void> stopped = stop(LONG);
        assertThat(stopped.isComplete()).isFalse();
        finishAll();
        await(stopped);

        assertThat(await(view.counts(REGION))).isEqualTo(new QueueCounts(1, 0, 0, 0, 0, 0, Duration.ZERO));
    }

    @Test
    void handsBackWhatTakesTooLongWhenItStopsAsTheSameAttempt() {
        plan(2);
        proberTakesItsTime();
        claimUntilBusy(2);

        await(stop(Duration.ofMillis(50)));

        QueueCounts counts = await(view.counts(REGION));
        assertThat(counts.leased()).isZero();
        JobStatus status = await(view.status(REGION, CYCLE, relay(0))).orElseThrow();
        assertThat(status.attempt()).isEqualTo(1);
        assertThat(status.why()).isEqualTo("the worker stopped");
        finishAll();
        until(this::finished, done -> done == 2);
        assertThat(workshop.claim("successor").job().attempt()).isEqualTo(1);
    }

    @Test
    void handsBackWhatHadNotBegunWhenItStopped() {
        plan(2);
        Promise<Void> stopped = Promise.promise();
        workshop.proberAnswers(job -> {
            Promise<CheckReport> answer = Promise.promise();
            atWork.add(new AtWork(job, answer));
            stop(LONG).onComplete(stopped);
            return answer.future();
        });

        loop.run(consumer::claim);
        until(this::busy, busy -> busy == 1 && atWork.size() == 1);
        finishAll();
        await(stopped.future());

        assertThat(workshop.probes).hasValue(1);
        assertThat(await(view.counts(REGION)).leased()).isZero();
        assertThat(workshop.claim("successor").job().attempt()).isEqualTo(1);
    }

    @Test
    void handsBackWhatItWasClaimingWhenItStopped() {
        plan(2);
        proberTakesItsTime();

        Future<Void> stopped = loop.compose(() -> {
            consumer.claim();
            return consumer.stop(LONG, vertx);
        });
        await(stopped);

        assertThat(await(view.counts(REGION)).leased()).isZero();
        assertThat(workshop.probes).hasValue(0);
        assertThat(workshop.claim("successor").job().attempt()).isEqualTo(1);
    }

    @Test
    void keepsItsLeasesAlive() {
        plan(1);
        proberTakesItsTime();
        claimUntilBusy(1);
        JobStatus before = await(view.status(REGION, CYCLE, relay(0))).orElseThrow();

        JobStatus after = until(
                () -> loop.compose(consumer::renew)
                        .compose(renewed -> view.status(REGION, CYCLE, relay(0)))
                        .map(Optional::orElseThrow),
                status -> status.until().isAfter(before.until()));

        assertThat(after.where()).isEqualTo(Where.RUNNING);
        finishAll();
    }

    @Test
    void reapsWhatADeadWorkerHeldAsTheNextAttemptAndBuriesItAfterTheLast() {
        plan(1);
        Reaper reaper = new Reaper(queue, REGION, 2, workshop.registry);
        await(queue.claim(new Claim(REGION, "dead", 1, 0, Duration.ofMillis(1), Pace.UNLIMITED)));

        until(reaper::reap, reaped -> reaped == 1);
        assertThat(await(view.status(REGION, CYCLE, relay(0))).orElseThrow().attempt())
                .isEqualTo(2);

        await(queue.claim(new Claim(REGION, "dead too", 1, 0, Duration.ofMillis(1), Pace.UNLIMITED)));
        until(reaper::reap, reaped -> reaped == 1);
        assertThat(await(letters.newest(REGION, 10))).hasSize(1);
    }

    @Test
    void reapsNothingFromTheLiving() {
        plan(1);
        await(queue.claim(new Claim(REGION, "living", 1, 0, LONG, Pace.UNLIMITED)));

        assertThat(await(new Reaper(queue, REGION, 3, workshop.registry).reap()))
                .isZero();
    }

    private static RelayUrl relay(int number) {
        return RelayUrl.of("wss://r" + number + ".example/");
    }

    private void plan(int count) {
        List<CheckJob> jobs = IntStream.range(0, count)
                .mapToObj(number -> workshop.job(relay(number)))
                .toList();
        jobs.forEach(job -> BACKENDS.know(job.relay()));
        await(queue.plan(jobs));
    }

    private void proberTakesItsTime() {
        workshop.proberAnswers(job -> {
            Promise<CheckReport> answer = Promise.promise();
            atWork.add(new AtWork(job, answer));
            return answer.future();
        });
    }

    /** Lets the prober answer everything it was asked, and waits until the slots are free again. */
    private void finishAll() {
        until(() -> loop.get(() -> consumer.busy() <= atWork.size()), asked -> asked);
        for (AtWork one = atWork.poll(); one != null; one = atWork.poll()) {
            one.answer().complete(Found.online(one.job()));
        }
        until(this::busy, busy -> busy == 0);
    }

    private void claimUntilBusy(int expected) {
        until(
                () -> {
                    loop.run(consumer::claim);
                    return busy();
                },
                busy -> busy == expected);
    }

    private Future<Integer> busy() {
        return loop.get(consumer::busy);
    }

    private Future<Long> finished() {
        return loop.get(consumer::finished);
    }

    private Future<Long> finishedAfterAClaim() {
        loop.run(consumer::claim);
        return finished();
    }

    private Future<Void> stop(Duration patience) {
        return loop.compose(() -> consumer.stop(patience, vertx));
    }
}
