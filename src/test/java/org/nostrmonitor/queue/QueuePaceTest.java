package org.nostrmonitor.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.queue.Jobs.CYCLE;
import static org.nostrmonitor.queue.Jobs.REGION;
import static org.nostrmonitor.queue.Jobs.job;
import static org.nostrmonitor.testing.Await.await;
import static org.nostrmonitor.testing.Await.until;

import io.vertx.redis.client.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.queue.QueueView.JobStatus;
import org.nostrmonitor.queue.QueueView.QueueCounts;
import org.nostrmonitor.queue.QueueView.Where;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.Priority;

class QueuePaceTest extends QueueTests {
    private static final Pace ONE_A_HOST = new Pace(1, 0, 0, 0);
    private static final Pace SLOW_HOST = new Pace(0.01, 0, 0, 0);

    private static List<CheckJob> ofHost(String host, int count) {
        return IntStream.range(0, count).mapToObj(i -> job(host + "/" + i)).toList();
    }

    @Test
    void twentyThousandUrlsOfOneHostDelayNobodyElse() {
        await(queue.plan(ofHost("one.example", 20_000)));
        await(queue.plan(IntStream.range(0, 100)
                .mapToObj(i -> job("other-" + i + ".example"))
                .toList()));
        List<Lease> leases = new ArrayList<>(claim(50, 0, ONE_A_HOST));
        leases.addAll(claim(50, 0, ONE_A_HOST));
        leases.addAll(claim(50, 0, ONE_A_HOST));
        assertThat(hosts(leases)).filteredOn(host -> host.startsWith("other")).hasSize(100);
        assertThat(leases).allMatch(lease -> lease.job().attempt() == 1);
        QueueCounts counts = counts();
        assertThat(counts.delayed() + counts.leased()).isEqualTo(20_100);
        assertThat(counts.ready()).isZero();
    }

    @Test
    void givesAJobItsTurnOnceAtNoAttempt() {
        Pace pace = new Pace(10, 0, 0, 0);
        List<CheckJob> jobs = ofHost("one.example", 13);
        await(queue.plan(jobs));
        assertThat(claim(50, 0, pace)).as("a second's worth at once").hasSizeBetween(10, 11);
        List<JobStatus> delayed = jobs.stream()
                .map(this::status)
                .filter(status -> status.where() == Where.DELAYED)
                .sorted(java.util.Comparator.comparing(JobStatus::until))
                .toList();
        assertThat(delayed).allMatch(s -> s.why().contains("host") && s.attempt() == 1);
        assertThat(Duration.between(delayed.get(0).until(), delayed.get(1).until()))
                .isBetween(Duration.ofMillis(99), Duration.ofMillis(101));
        for (int i = 0; i < delayed.size(); i++) {
            assertThat(claimWhenDue(pace).get(0).job().attempt()).isEqualTo(1);
        }
        assertThat(counts().leased()).isEqualTo(13);
    }

    @Test
    void chargesAHostAgainForARetryButNotForATurnToDial() {
        await(queue.plan(ofHost("one.example", 1)));
        Lease lease = claim(1, 0, SLOW_HOST).get(0);
        await(queue.awaitTurn(lease, Duration.ZERO, "192.0.2.1"));
        Lease dialled = claim(1, 0, SLOW_HOST).get(0);
        assertThat(dialled.job()).isEqualTo(lease.job().after(1, 0, "192.0.2.1"));
        await(queue.retry(dialled, Duration.ZERO, "no database"));
        assertThat(claim(1, 0, SLOW_HOST)).isEmpty();
        assertThat(status(lease.job())).matches(s -> s.where() == Where.DELAYED && s.attempt() == 2);
    }

    @Test
    void reservesAnAddressForTheNextClaimOnly() {
        Lease lease = planAndClaim(job("a.example"));
        assertThat(await(queue.awaitTurn(lease, Duration.ofMillis(20), "2001:db8::1")))
                .isTrue();
        assertThat(status(lease.job()))
                .matches(s -> s.where() == Where.DELAYED && s.why().contains("2001:db8::1"));
        Lease reserved = claimWhenDue(Pace.UNLIMITED).get(0);
        assertThat(reserved.job().reserved()).isEqualTo("2001:db8::1");
        await(queue.defer(reserved, Duration.ZERO, "the worker stopped"));
        assertThat(claim(1).get(0).job().reserved()).isNull();
    }

    @Test
    void handsOutNoMoreThanTheOverallPaceAndLeavesTheRestWhereItIs() {
        Pace pace = new Pace(0, 0, 0, 5);
        await(queue.plan(Jobs.jobs(20)));
        assertThat(claim(20, 0, pace)).hasSizeBetween(5, 6);
        assertThat(counts()).matches(c -> c.delayed() == 0 && c.ready() >= 14);
        assertThat(claimWhenDue(pace)).hasSize(1);
    }

    @Test
    void whatWasAskedForIsChargedAndDoesNotWait() {
        Pace pace = new Pace(0.01, 0, 0, 0.01);
        await(queue.plan(IntStream.range(0, 5)
                .mapToObj(i -> job("one.example/" + i, Priority.ON_DEMAND, CYCLE, REGION))
                .toList()));
        assertThat(claim(3, 2, pace)).hasSize(5);
        await(queue.plan(List.of(job("one.example/x"), job("two.example"))));
        assertThat(claim(10, 0, pace)).isEmpty();
        assertThat(counts()).matches(c -> c.ready() == 2, "the overall pace leaves them");
        assertThat(claim(10, 0, SLOW_HOST))
                .extracting(l -> l.job().relay().host())
                .containsExactly("two.example");
        assertThat(counts().delayed()).isEqualTo(1);
    }

    @Test
    void portsAndPathsAndSchemesAreOneHostAndOtherNamesAreNot() {
        await(queue.plan(
                List.of(job("a.example"), job("a.example:8080/x"), job("b.a.example"), job("[2001:db8::1]:8080"))));
        assertThat(hosts(claim(10, 0, SLOW_HOST))).hasSize(3).contains("b.a.example", "2001:db8::1");
    }

    @Test
    void forgetsRatesThatSayNothingAnyMore() {
        await(queue.plan(Jobs.jobs(50)));
        claim(50, 0, new Pace(1000, 0, 0, 0));
        assertThat(REDIS.command(Command.PTTL, KEYS.rates()).toLong()).isBetween(1L, 2_000L);
        await(queue.plan(List.of(job("late.example"))));
        until(
                () -> queue.claim(new JobQueue.Claim(REGION, "w1", 0, 1, LONG, ONE_A_HOST))
                        .compose(none ->
                                REDIS.client().send(io.vertx.redis.client.Request.cmd(Command.ZCARD, KEYS.rates()))),
                left -> left.toInteger() == 0);
    }

    @Test
    void givesBackTheTurnsOfACycleThatIsDropped() {
        await(queue.plan(ofHost("one.example", 100)));
        assertThat(claim(100, 0, SLOW_HOST)).hasSize(1);
        await(queue.drop(REGION, CYCLE));
        CheckJob next = job("one.example", Priority.ONLINE, CYCLE.plusSeconds(900), REGION);
        await(queue.plan(List.of(next)));
        assertThat(claim(1, 0, SLOW_HOST)).isEmpty();
        assertThat(Duration.between(status(next).since(), status(next).until()))
                .isLessThanOrEqualTo(Duration.ofSeconds(101));
    }
}
