package org.nostrmonitor.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.queue.Jobs.CYCLE;
import static org.nostrmonitor.queue.Jobs.REGION;
import static org.nostrmonitor.queue.Jobs.job;
import static org.nostrmonitor.testing.Await.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.queue.QueueView.QueueCounts;
import org.nostrmonitor.queue.QueueView.Where;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.Priority;

class QueueOrderTest extends QueueTests {
    private static final Duration STEP = Duration.ofSeconds(10);

    private static List<CheckJob> jobs(String name, int count, Priority priority, Instant cycle) {
        return IntStream.range(0, count)
                .mapToObj(i -> job(name + i + ".example", priority, cycle, REGION))
                .toList();
    }

    @Test
    void takesFromBothQueuesInTheOrderOfTheirDeadlines() {
        await(queue.plan(List.of(job("old.example", Priority.ONLINE))));
        let(Duration.ofSeconds(125));
        await(queue.plan(List.of(asked("now.example", CYCLE.plusSeconds(1)), job("new.example", Priority.ONLINE))));
        assertThat(hosts(claim(10))).containsExactly("old.example", "now.example", "new.example");
    }

    @Test
    void keepsSlotsForWhatWasAskedFor() {
        await(queue.plan(jobs("old", 20, Priority.ONLINE, CYCLE)));
        let(Duration.ofHours(1));
        await(queue.plan(jobs("asked", 5, Priority.ON_DEMAND, CYCLE.plusSeconds(1))));
        List<Lease> leases = claim(9, 1, Pace.UNLIMITED);
        assertThat(leases).hasSize(10);
        assertThat(hosts(leases)).filteredOn(host -> host.startsWith("asked")).hasSize(1);
        assertThat(hosts(claim(0, 3, Pace.UNLIMITED))).hasSize(3).allMatch(host -> host.startsWith("asked"));
        assertThat(counts())
                .extracting(QueueCounts::ready, QueueCounts::onDemand)
                .containsExactly(11, 1);
    }

    @Test
    void onlySlotsThatAreKeptTakeNothingElse() {
        await(queue.plan(jobs("online", 5, Priority.ONLINE, CYCLE)));
        assertThat(claim(0, 5, Pace.UNLIMITED)).isEmpty();
        assertThat(counts().ready()).isEqualTo(5);
    }

    /** Ten jobs a second are done, and ten a second are asked for: by strict priority, nothing else would ever be done. */
    @Test
    void nothingStarvesWhenMoreIsAskedForThanCanBeDone() {
        Map<String, Integer> plannedAt = new HashMap<>();
        Map<Priority, Integer> longest = new EnumMap<>(Priority.class);
        List<CheckJob> others = new ArrayList<>();
        for (Priority priority : List.of(Priority.CONFIRMING, Priority.ONLINE, Priority.DEAD)) {
            others.addAll(jobs(priority.name().toLowerCase(java.util.Locale.ROOT), 100, priority, CYCLE));
        }
        plan(others, plannedAt, 0);
        int seconds = 700;
        int perStep = 10 * (int) STEP.toSeconds();
        for (int now = 0; now < seconds; now += (int) STEP.toSeconds()) {
            plan(jobs("asked", perStep, Priority.ON_DEMAND, CYCLE.plusSeconds(1 + now)), plannedAt, now);
            let(STEP);
            List<Lease> leases = claim(perStep);
            assertThat(leases).hasSize(perStep);
            for (Lease lease : leases) {
                int waited = now
                        + (int) STEP.toSeconds()
                        - Objects.requireNonNull(plannedAt.remove(lease.job().id()));
                longest.merge(lease.job().priority(), waited, Math::max);
            }
            await(io.vertx.core.Future.all(leases.stream().map(queue::ack).toList()));
        }
        assertThat(longest.get(Priority.ON_DEMAND))
                .as("longest waits, s: %s", longest)
                .isLessThanOrEqualTo(60);
        assertThat(longest.get(Priority.CONFIRMING))
                .as("longest waits, s: %s", longest)
                .isLessThanOrEqualTo(60);
        assertThat(longest.get(Priority.ONLINE))
                .as("longest waits, s: %s", longest)
                .isLessThanOrEqualTo(170);
        assertThat(longest.get(Priority.DEAD))
                .as("longest waits, s: %s", longest)
                .isLessThanOrEqualTo(670);
        assertThat(plannedAt.keySet()).allMatch(id -> id.contains("asked"));
        System.out.println("longest waits under permanent overload, s: " + longest);
    }

    private void plan(List<CheckJob> jobs, Map<String, Integer> plannedAt, int now) {
        await(queue.plan(jobs));
        jobs.forEach(job -> plannedAt.put(job.id(), now));
    }

    @Test
    void saysHowLateTheMostUrgentOneIs() {
        assertThat(counts().overdue()).isZero();
        await(queue.plan(jobs("online", 3, Priority.ONLINE, CYCLE)));
        assertThat(counts().overdue()).isZero();
        let(Duration.ofSeconds(150));
        assertThat(counts().overdue()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(50));
        await(queue.plan(jobs("asked", 1, Priority.ON_DEMAND, CYCLE.plusSeconds(1))));
        let(Duration.ofSeconds(60));
        assertThat(counts().overdue()).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(110));
    }

    @Test
    void confirmsAsTheSameAttemptAndTheNextConfirmationBeforeOrdinaryJobs() {
        Lease first = planAndClaim(job("a.example").withWasUp(true));
        await(queue.plan(jobs("online", 3, Priority.ONLINE, CYCLE)));
        let(Duration.ofSeconds(60));
        assertThat(await(queue.confirm(first, Duration.ofMillis(20), "tcp_refused")))
                .isTrue();
        assertThat(status(first.job()))
                .matches(s -> s.where() == Where.DELAYED
                        && s.confirmation() == 1
                        && s.why().equals("tcp_refused"));
        Lease second = claimOf("a.example");
        assertThat(second.job()).isEqualTo(first.job().after(1, 1, null));
        await(queue.confirm(second, Duration.ZERO, "tcp_refused"));
        Lease third = claimOf("a.example");
        assertThat(third.job()).isEqualTo(first.job().after(1, 2, null));
        await(queue.retry(third, Duration.ZERO, "no database"));
        assertThat(claimOf("a.example").job()).isEqualTo(first.job().after(2, 2, null));
        assertThat(counts().ready()).isEqualTo(3);
    }

    /** The first that comes once it is due; others that came before it go back where they were. */
    private Lease claimOf(String host) {
        org.nostrmonitor.testing.Await.until(
                () -> view.status(REGION, CYCLE, job(host).relay()),
                status -> status.filter(s -> s.until().isBefore(Instant.now())).isPresent());
        Lease lease = claim(1).get(0);
        assertThat(lease.job().relay().host()).isEqualTo(host);
        return lease;
    }

    @Test
    void whatWasAskedForStaysSoThroughRetriesAndReaps() {
        Lease lease = planAndClaim(asked("a.example", CYCLE));
        await(queue.retry(lease, Duration.ZERO, "no database"));
        Lease again = claim(0, 1, Pace.UNLIMITED).get(0);
        await(queue.renew(List.of(again), Duration.ZERO));
        await(queue.reap(REGION, 3));
        assertThat(counts().onDemand()).isEqualTo(1);
        assertThat(claim(0, 1, Pace.UNLIMITED)).hasSize(1);
    }
}
