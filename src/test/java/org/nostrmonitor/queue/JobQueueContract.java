package org.nostrmonitor.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.queue.Jobs.CYCLE;
import static org.nostrmonitor.queue.Jobs.REGION;
import static org.nostrmonitor.queue.Jobs.job;
import static org.nostrmonitor.queue.Jobs.jobs;
import static org.nostrmonitor.testing.Await.await;
import static org.nostrmonitor.testing.Await.until;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.queue.DeadLetters.DeadLetter;
import org.nostrmonitor.queue.JobQueue.Claim;
import org.nostrmonitor.queue.QueueView.CycleProgress;
import org.nostrmonitor.queue.QueueView.JobStatus;
import org.nostrmonitor.queue.QueueView.QueueCounts;
import org.nostrmonitor.queue.QueueView.Where;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.Priority;

/** What every job queue must do. The queue is empty before each test, and its audit must be clean after it. */
abstract class JobQueueContract {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration OVER_AT_ONCE = Duration.ZERO;

    abstract JobQueue queue();

    abstract QueueView view();

    abstract DeadLetters letters();

    @AfterEach
    void everyJobIsInExactlyOnePlace() {
        assertThat(await(view().audit(REGION)).faults()).isEmpty();
    }

    private List<Lease> claim(int most) {
        return await(queue().claim(new Claim(REGION, "w1", most, 0, LONG, Pace.UNLIMITED)));
    }

    private Lease claimOne() {
        List<Lease> leases = claim(1);
        assertThat(leases).hasSize(1);
        return leases.get(0);
    }

    /** Waits for a delayed job to be due. */
    private Lease claimWhenDue() {
        return until(
                        () -> queue().claim(new Claim(REGION, "w1", 1, 0, LONG, Pace.UNLIMITED)),
                        leases -> !leases.isEmpty())
                .get(0);
    }

    private Lease planAndClaim(String host) {
        await(queue().plan(List.of(job(host))));
        return claimOne();
    }

    /** A lease that has run out and was given back by the reaper. */
    private Lease lose(CheckJob job) {
        await(queue().plan(List.of(job)));
        Lease lease = await(queue().claim(new Claim(REGION, "stalled", 1, 0, OVER_AT_ONCE, Pace.UNLIMITED)))
                .get(0);
        assertThat(await(queue().reap(REGION, 3))).isEqualTo(1);
        return lease;
    }

    private JobStatus status(CheckJob job) {
        return await(view().status(REGION, job.cycle(), job.relay())).orElseThrow();
    }

    private CycleProgress progress() {
        return await(view().progress(REGION, CYCLE));
    }

    @Test
    void givesBackWhatWasPlanned() {
        CheckJob job = job("a.example");
        assertThat(await(queue().plan(List.of(job)))).isEqualTo(1);
        assertThat(claimOne().job()).isEqualTo(job);
    }

    @Test
    void plansTheSameJobOnce() {
        assertThat(await(queue().plan(jobs(3)))).isEqualTo(3);
        assertThat(await(queue().plan(jobs(5)))).isEqualTo(2);
        assertThat(await(view().counts(REGION))).isEqualTo(new QueueCounts(5, 0, 0, 0, 0, 0, Duration.ZERO));
    }

    @Test
    void plansNothingThatIsAtWorkOrDone() {
        await(queue().plan(jobs(3)));
        List<Lease> leases = claim(3);
        await(queue().ack(leases.get(0)));
        await(queue().bury(leases.get(1), "hopeless"));
        assertThat(await(queue().plan(jobs(3)))).isZero();
        assertThat(await(view().counts(REGION))).isEqualTo(new QueueCounts(0, 0, 0, 0, 1, 1, Duration.ZERO));
    }

    @Test
    void plansTheSameRelayInTheNextCycle() {
        planAndClaim("a.example");
        CheckJob next = job("a.example", Priority.ONLINE, CYCLE.plusSeconds(900), REGION);
        assertThat(await(queue().plan(List.of(next)))).isEqualTo(1);
    }

    @Test
    void keepsRegionsApart() {
        await(queue().plan(List.of(job("a.example", Priority.ONLINE, CYCLE, "elsewhere"), job("b.example"))));
        assertThat(claim(10)).extracting(lease -> lease.job().relay().host()).containsExactly("b.example");
        assertThat(await(queue().claim(new Claim("elsewhere", "w9", 10, 0, LONG, Pace.UNLIMITED))))
                .hasSize(1);
    }

    @Test
    void claimsByPriorityAmongJobsOfTheSameTime() {
        await(queue().plan(List.of(
                job("dead.example", Priority.DEAD),
                job("online.example", Priority.ONLINE),
                job("now.example", Priority.ON_DEMAND),
                job("confirm.example", Priority.CONFIRMING))));
        assertThat(claim(10))
                .extracting(lease -> lease.job().relay().host())
                .containsExactly("now.example", "confirm.example", "online.example", "dead.example");
    }

    @Test
    void claimsEveryJobOnceInManyBatches() {
        await(queue().plan(jobs(1_200)));
        List<Lease> leases = new ArrayList<>(claim(1_100));
        assertThat(leases).hasSize(1_100);
        leases.addAll(claim(1_100));
        Set<Long> fences = new HashSet<>();
        Set<String> ids = new HashSet<>();
        leases.forEach(lease -> fences.add(lease.fence()));
        leases.forEach(lease -> ids.add(lease.job().id()));
        assertThat(ids).hasSize(1_200);
        assertThat(fences).hasSize(1_200);
    }

    @Test
    void claimsNothingFromAnEmptyQueue() {
        assertThat(claim(10)).isEmpty();
        assertThat(claim(0)).isEmpty();
    }

    @Test
    void acksOnce() {
        Lease lease = planAndClaim("a.example");
        assertThat(await(queue().ack(lease))).isTrue();
        assertThat(await(queue().ack(lease))).isFalse();
    }

    @Test
    void acksOnceEvenIfAskedForItManyTimesAtOnce() {
        await(queue().plan(jobs(2)));
        List<Lease> leases = claim(2);
        Future<Boolean> other = queue().ack(leases.get(0));
        Lease lease = leases.get(1);
        List<Future<Boolean>> acked =
                Stream.generate(() -> queue().ack(lease)).limit(10).toList();
        await(Future.all(acked));
        assertThat(acked).extracting(Future::result).containsOnlyOnce(true);
        assertThat(await(other)).isTrue();
    }

    @Test
    void acksManyAtTheSameTimeEachByItsOwnFence() {
        await(queue().plan(jobs(1_200)));
        List<Lease> leases = claim(1_200);
        await(queue().retry(leases.get(700), LONG, "no database"));
        List<Future<Boolean>> acked = leases.stream().map(queue()::ack).toList();
        await(Future.all(acked));
        for (int i = 0; i < acked.size(); i++) {
            assertThat(acked.get(i).result()).as("job %d", i).isEqualTo(i != 700);
        }
        assertThat(await(view().counts(REGION))).isEqualTo(new QueueCounts(0, 0, 0, 1, 0, 0, Duration.ZERO));
    }

    @Test
    void refusesAStaleFence() {
        Lease stale = lose(job("a.example"));
        Lease current = claimOne();
        assertThat(current.fence()).isGreaterThan(stale.fence());
        assertRefused(new Lease(stale.job(), current.owner(), stale.fence()));
        assertThat(await(queue().ack(current))).isTrue();
    }

    @Test
    void refusesAnotherOwner() {
        Lease lease = planAndClaim("a.example");
        assertRefused(new Lease(lease.job(), "w2", lease.fence()));
        assertThat(await(queue().ack(lease))).isTrue();
    }

    @Test
    void refusesALeaseThatWasTakenBackEvenIfNobodyClaimedTheJobSince() {
        assertRefused(lose(job("a.example")));
        assertThat(claimOne().job().attempt()).isEqualTo(2);
    }

    private void assertRefused(Lease stale) {
        assertThat(await(queue().ack(stale))).isFalse();
        assertThat(await(queue().retry(stale, Duration.ZERO, "x"))).isFalse();
        assertThat(await(queue().defer(stale, Duration.ZERO, "x"))).isFalse();
        assertThat(await(queue().bury(stale, "x"))).isFalse();
        assertThat(await(queue().renew(List.of(stale), LONG))).isEmpty();
    }

    @Test
    void renewsOnlyLeasesThatAreOurs() {
        await(queue().plan(jobs(3)));
        List<Lease> leases = claim(3);
        await(queue().ack(leases.get(1)));
        assertThat(await(queue().renew(leases, LONG))).containsExactly(leases.get(0), leases.get(2));
    }

    @Test
    void doesNotReapALeaseThatWasRenewed() {
        await(queue().plan(List.of(job("a.example"))));
        List<Lease> leases = await(queue().claim(new Claim(REGION, "w1", 1, 0, OVER_AT_ONCE, Pace.UNLIMITED)));
        await(queue().renew(leases, LONG));
        assertThat(await(queue().reap(REGION, 3))).isZero();
        assertThat(await(queue().ack(leases.get(0)))).isTrue();
    }

    @Test
    void retriesAsTheNextAttemptWhenDue() {
        Lease first = planAndClaim("a.example");
        assertThat(await(queue().retry(first, Duration.ofMillis(50), "no database")))
                .isTrue();
        assertThat(status(first.job()).where()).isEqualTo(Where.RETRYING);
        Lease second = claimWhenDue();
        assertThat(second.job()).isEqualTo(first.job().withAttempt(2));
        await(queue().retry(second, Duration.ZERO, "no database"));
        assertThat(claimWhenDue().job().attempt()).isEqualTo(3);
    }

    @Test
    void defersAsTheSameAttempt() {
        Lease lease = planAndClaim("a.example");
        assertThat(await(queue().defer(lease, Duration.ofMillis(50), "rate limit")))
                .isTrue();
        assertThat(claimWhenDue().job()).isEqualTo(lease.job());
    }

    @Test
    void doesNotHandOutADelayedJobBeforeItIsDue() {
        Lease lease = planAndClaim("a.example");
        await(queue().defer(lease, LONG, "rate limit"));
        assertThat(claim(10)).isEmpty();
        assertThat(await(view().counts(REGION))).isEqualTo(new QueueCounts(0, 0, 1, 0, 0, 0, Duration.ZERO));
    }

    @Test
    void aDelayedJobKeepsItsPlaceInTheOrder() {
        Lease lease = planAndClaim("early.example");
        await(queue().defer(lease, Duration.ZERO, "rate limit"));
        await(queue().plan(List.of(job("late.example"))));
        assertThat(claimWhenDue().job().relay().host()).isEqualTo("early.example");
    }

    @Test
    void reapsAsTheNextAttemptAndBuriesAfterTheLast() {
        CheckJob job = job("a.example");
        await(queue().plan(List.of(job)));
        for (int attempt = 1; attempt <= 3; attempt++) {
            List<Lease> leases = await(queue().claim(new Claim(REGION, "w1", 1, 0, OVER_AT_ONCE, Pace.UNLIMITED)));
            assertThat(leases.get(0).job().attempt()).isEqualTo(attempt);
            assertThat(await(queue().reap(REGION, 3))).isEqualTo(1);
        }
        assertThat(claim(1)).isEmpty();
        DeadLetter letter = await(letters().newest(REGION, 10)).get(0);
        assertThat(letter.why()).isEqualTo("its worker was lost");
        assertThat(letter.job()).isEqualTo(job.withAttempt(3));
    }

    @Test
    void reapsManyAtOnce() {
        await(queue().plan(jobs(1_001)));
        await(queue().claim(new Claim(REGION, "w1", 1_001, 0, OVER_AT_ONCE, Pace.UNLIMITED)));
        assertThat(await(queue().reap(REGION, 3))).isEqualTo(1_001);
        assertThat(await(view().counts(REGION))).isEqualTo(new QueueCounts(1_001, 0, 0, 0, 0, 0, Duration.ZERO));
    }

    @Test
    void listsTheNewestDeadLettersFirst() {
        await(queue().plan(jobs(3)));
        List<Lease> leases = claim(3);
        for (Lease lease : leases) {
            Instant before = leaseBuried(lease);
            until(
                    () -> letters().newest(REGION, 1),
                    letters -> letters.get(0).at().isAfter(before));
        }
        assertThat(await(letters().newest(REGION, 2)))
                .extracting(DeadLetter::job)
                .containsExactly(leases.get(2).job(), leases.get(1).job());
    }

    private Instant leaseBuried(Lease lease) {
        List<DeadLetter> before = await(letters().newest(REGION, 1));
        await(queue().bury(lease, "hopeless"));
        return before.isEmpty() ? Instant.EPOCH : before.get(0).at().minusMillis(1);
    }

    @Test
    void completesACycleWhenItIsSealedAndNothingIsLeft() {
        await(queue().plan(jobs(2)));
        assertThat(progress()).isEqualTo(new CycleProgress(2, 0, 0, false));
        List<Lease> leases = claim(2);
        await(queue().ack(leases.get(0)));
        await(queue().seal(REGION, CYCLE));
        assertThat(progress()).isEqualTo(new CycleProgress(1, 1, 0, true));
        await(queue().bury(leases.get(1), "hopeless"));
        assertThat(progress()).isEqualTo(new CycleProgress(0, 1, 1, true));
        assertThat(progress().complete()).isTrue();
    }

    @Test
    void doesNotCompleteACycleThatIsStillBeingPlanned() {
        await(queue().ack(planAndClaim("a.example")));
        assertThat(progress()).isEqualTo(new CycleProgress(0, 1, 0, false));
        await(queue().seal(REGION, CYCLE));
        assertThat(progress().complete()).isTrue();
    }

    @Test
    void countsAsLeftWhatIsDelayed() {
        await(queue().defer(planAndClaim("a.example"), LONG, "rate limit"));
        await(queue().seal(REGION, CYCLE));
        assertThat(progress()).isEqualTo(new CycleProgress(1, 0, 0, true));
    }

    @Test
    void dropsACycleWhereverItsJobsAre() {
        await(queue().plan(jobs(600)));
        List<Lease> leases = claim(3);
        await(queue().retry(leases.get(0), LONG, "no database"));
        await(queue().ack(leases.get(1)));
        CheckJob other = job("a.example", Priority.ONLINE, CYCLE.plusSeconds(900), REGION);
        await(queue().plan(List.of(other)));
        assertThat(await(queue().drop(REGION, CYCLE))).isEqualTo(599);
        assertThat(await(queue().ack(leases.get(2)))).isFalse();
        assertThat(progress()).isEqualTo(new CycleProgress(0, 0, 0, false));
        assertThat(claim(10)).extracting(Lease::job).containsExactly(other);
    }

    @Test
    void tellsWhereAJobIsThroughItsLife() {
        CheckJob job = job("a.example");
        assertThat(await(view().status(REGION, CYCLE, job.relay()))).isEmpty();
        await(queue().plan(List.of(job)));
        assertThat(status(job)).matches(s -> s.where() == Where.QUEUED && s.attempt() == 1);

        Lease lease = claimOne();
        JobStatus running = status(job);
        assertThat(running).matches(s -> s.where() == Where.RUNNING && s.owner().equals("w1"));
        assertThat(Duration.between(running.since(), running.until())).isEqualTo(LONG);

        await(queue().defer(lease, Duration.ofMillis(20), "rate limit"));
        assertThat(status(job))
                .matches(s -> s.where() == Where.DELAYED && s.why().equals("rate limit"));

        await(queue().retry(claimWhenDue(), Duration.ofMillis(20), "no database"));
        JobStatus retrying = status(job);
        assertThat(retrying).matches(s -> s.where() == Where.RETRYING && s.attempt() == 2);
        assertThat(retrying.why()).isEqualTo("no database");

        await(queue().ack(claimWhenDue()));
        assertThat(status(job)).matches(s -> s.where() == Where.DONE && s.attempt() == 2);
    }

    @Test
    void tellsSinceWhenAJobWaits() {
        CheckJob dead = job("a.example", Priority.DEAD);
        CheckJob urgent = job("b.example", Priority.ON_DEMAND);
        await(queue().plan(List.of(dead, urgent)));
        assertThat(status(dead).since()).isEqualTo(status(urgent).since());
    }

    @Test
    void tellsWhyAJobIsDead() {
        Lease lease = planAndClaim("a.example");
        await(queue().bury(lease, "hopeless"));
        assertThat(status(lease.job()))
                .matches(s -> s.where() == Where.DEAD && s.why().equals("hopeless"));
    }

    @Test
    void countsAllLiveJobsInItsAudit() {
        await(queue().plan(jobs(5)));
        await(queue().ack(claimOne()));
        await(queue().defer(claimOne(), LONG, "rate limit"));
        claimOne();
        assertThat(await(view().audit(REGION)).jobs()).isEqualTo(4);
    }
}
