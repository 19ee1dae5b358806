package org.nostrmonitor.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.consume.Workshop.REGION;
import static org.nostrmonitor.testing.Await.await;
import static org.nostrmonitor.testing.Await.until;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.cache.Workers.Worker;
import org.nostrmonitor.queue.ForwardingQueue;
import org.nostrmonitor.queue.JobQueue;
import org.nostrmonitor.queue.Lease;
import org.nostrmonitor.queue.Pace;
import org.nostrmonitor.queue.QueueUnavailable;
import org.nostrmonitor.queue.QueueView.Where;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.testing.RealBackends;

class ClaimingTest {
    @RegisterExtension
    @Order(1)
    static final RealBackends BACKENDS = new RealBackends();

    @RegisterExtension
    @Order(2)
    final Workshop workshop = new Workshop(BACKENDS);

    private static final Pace PACE = new Pace(1, 5, 20, 500);

    private final WorkLoop loop = new WorkLoop(BACKENDS.vertx());
    private final List<JobQueue.Claim> claims = new CopyOnWriteArrayList<>();
    private volatile boolean redisFails;
    private volatile boolean handsNothingOut;
    private volatile boolean acksFail;
    private final List<Lease> retried = new CopyOnWriteArrayList<>();
    private final List<Lease> renewed = new CopyOnWriteArrayList<>();

    private final JobQueue queue = new ForwardingQueue(workshop.queue) {
        @Override
        public Future<List<Lease>> claim(Claim claim) {
            claims.add(claim);
            if (redisFails) {
                return Future.failedFuture(new QueueUnavailable("gone", null));
            }
            return handsNothingOut
                    ? Future.succeededFuture(List.of())
                    : super.claim(
                            new Claim(claim.region(), claim.owner(), claim.most(), 0, claim.lease(), Pace.UNLIMITED));
        }

        @Override
        public Future<List<Lease>> renew(List<Lease> leases, Duration lease) {
            renewed.addAll(leases);
            return super.renew(leases, lease);
        }

        @Override
        public Future<Boolean> retry(Lease lease, Duration delay, String why) {
            retried.add(lease);
            return super.retry(lease, delay, why);
        }

        @Override
        public Future<Boolean> ack(Lease lease) {
            return acksFail ? Future.failedFuture(new QueueUnavailable("out of memory", null)) : super.ack(lease);
        }
    };

    @Test
    void asksForSmallGroupsAndKeepsATenthOfItsSlotsForWhatSomebodyAskedFor() {
        workshop.proberAnswers(job -> Promise.<CheckReport>promise().future());
        plan(60);
        JobConsumer consumer = consumer(WorkerSettings.of(REGION, "worker", 40, PACE));

        claimUntilBusy(consumer, 36);
        loop.run(consumer::claim);

        assertThat(claims.get(0)).isEqualTo(new JobQueue.Claim(REGION, "worker", 25, 4, WorkerSettings.LEASE, PACE));
        assertThat(claims.get(1)).isEqualTo(new JobQueue.Claim(REGION, "worker", 11, 4, WorkerSettings.LEASE, PACE));
        assertThat(claims.get(claims.size() - 1).most()).isZero();
        assertThat(claims.get(claims.size() - 1).onDemand()).isEqualTo(4);
    }

    @Test
    void asksLessAndLessOftenWhileRedisFails() {
        redisFails = true;
        JobConsumer consumer = consumer(WorkerSettings.of(REGION, "worker", 10, PACE));

        loop.run(consumer::claim);
        loop.run(consumer::claim);

        assertThat(claims).hasSize(1);
        until(() -> claimAgain(consumer), made -> made == 2);
        assertThat(worker(consumer, 0).note()).isEqualTo(WorkerNote.NO_QUEUE);

        redisFails = false;
        until(() -> claimAgain(consumer), made -> made >= 3);
        until(() -> loop.get(() -> consumer.worker(Instant.EPOCH, 0).note()), String::isEmpty);
    }

    @Test
    void saysThatJobsWaitWhichItIsNotGiven() {
        plan(12);
        handsNothingOut = true;
        JobConsumer consumer = consumer(Workshop.settings(5));

        loop.run(consumer::claim);

        until(
                () -> loop.get(() -> consumer.worker(Instant.EPOCH, 0).note()),
                note -> note.equals("12 jobs wait but none is handed out: their hosts have had their turn"));
        workshop.proberFinds(Found::offline);
        handsNothingOut = false;
        loop.run(consumer::claim);
        until(() -> loop.get(() -> consumer.worker(Instant.EPOCH, 0).note()), String::isEmpty);
    }

    @Test
    void saysNothingOfThatBeforeItsPatienceEnds() {
        plan(12);
        handsNothingOut = true;
        JobConsumer consumer = consumer(WorkerSettings.of(REGION, "worker", 5, PACE));

        loop.run(consumer::claim);

        assertThat(worker(consumer, 0).note()).isEmpty();
    }

    @Test
    void saysThatItsEventLoopIsLate() {
        JobConsumer consumer = consumer(WorkerSettings.of(REGION, "worker", 5, PACE));

        assertThat(worker(consumer, 1_180).note()).isEqualTo("the event loop is 1,180 ms late");
        assertThat(worker(consumer, 1_180).loopLagMs()).isEqualTo(1_180);
        assertThat(worker(consumer, 180).note()).isEmpty();
    }

    @Test
    void showsWhatItIsAt() {
        workshop.proberAnswers(job -> Promise.<CheckReport>promise().future());
        plan(3);
        JobConsumer consumer = consumer(Workshop.settings(5));

        claimUntilBusy(consumer, 3);

        Instant start = Instant.parse("2026-11-22T10:00:00Z");
        assertThat(await(loop.get(() -> consumer.worker(start, 7))))
                .isEqualTo(new Worker("worker", REGION, start, 5, 3, 0, 0, 0, 7, ""));
        assertThat(workshop.gauge("monitor.worker.slots")).isEqualTo(5);
        assertThat(workshop.gauge("monitor.worker.busy")).isEqualTo(3);
        assertThat(workshop.gauge("monitor.worker.held")).isZero();
        assertThat(workshop.gauge("monitor.worker.unacked")).isZero();
        assertThat(workshop.gauge("monitor.worker.claim.age")).isBetween(0.0, 20.0);
    }

    @Test
    void tellsNobodyOfAJobWhoseLeaseWasLost() {
        Promise<CheckReport> answer = Promise.promise();
        workshop.proberAnswers(job -> answer.future());
        plan(1);
        JobConsumer consumer = consumer(Workshop.settings(1));
        claimUntilBusy(consumer, 1);
        until(() -> queue.drop(REGION, Workshop.CYCLE), dropped -> dropped <= 1);
        await(loop.compose(consumer::renew));

        answer.fail("a fault");

        until(() -> loop.get(consumer::finished), done -> done == 1);
        assertThat(retried).isEmpty();
        assertThat(workshop.count("monitor.job.stale")).isEqualTo(1);
        assertThat(await(BACKENDS.queueView().counts(REGION)).waiting()).isZero();
    }

    @Test
    void renewsNoLeaseWhoseEndItOnlyHasToTell() {
        Promise<CheckReport> answer = Promise.promise();
        workshop.proberAnswers(job -> answer.future());
        plan(1);
        acksFail = true;
        JobConsumer consumer = consumer(Workshop.settings(1));
        claimUntilBusy(consumer, 1);
        await(loop.compose(consumer::renew));
        assertThat(renewed).hasSize(1);

        answer.complete(Found.online(renewed.get(0).job()));
        until(() -> loop.get(() -> consumer.worker(Instant.EPOCH, 0)), worker -> worker.unacked() == 1);
        await(loop.compose(consumer::renew));

        assertThat(renewed).hasSize(1);
        acksFail = false;
        until(() -> loop.get(consumer::finished), done -> done == 1);
        RelayUrl relay = RelayUrl.of("wss://r0.example/");
        assertThat(await(BACKENDS.queueView().status(REGION, Workshop.CYCLE, relay)))
                .hasValueSatisfying(status -> assertThat(status.where()).isEqualTo(Where.DONE));
    }

    private Future<Integer> claimAgain(JobConsumer consumer) {
        return loop.get(() -> {
            consumer.claim();
            return claims.size();
        });
    }

    private void claimUntilBusy(JobConsumer consumer, int expected) {
        until(
                () -> {
                    loop.run(consumer::claim);
                    return loop.get(consumer::busy);
                },
                busy -> busy == expected);
    }

    private Worker worker(JobConsumer consumer, long lagMs) {
        return await(loop.get(() -> consumer.worker(Instant.EPOCH, lagMs)));
    }

    private JobConsumer consumer(WorkerSettings settings) {
        return new JobConsumer(workshop.surroundings(BACKENDS.reports(), workshop.keys, queue), settings);
    }

    private void plan(int count) {
        List<CheckJob> jobs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            jobs.add(workshop.job(RelayUrl.of("wss://r" + i + ".example/")));
        }
        await(workshop.queue.plan(jobs));
    }
}
