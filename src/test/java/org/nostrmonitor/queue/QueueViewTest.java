package org.nostrmonitor.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.queue.Jobs.CYCLE;
import static org.nostrmonitor.queue.Jobs.REGION;
import static org.nostrmonitor.queue.Jobs.job;
import static org.nostrmonitor.queue.Jobs.jobs;
import static org.nostrmonitor.testing.Await.await;

import io.vertx.redis.client.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.queue.QueueView.CycleProgress;
import org.nostrmonitor.queue.QueueView.JobStatus;
import org.nostrmonitor.queue.QueueView.QueueCounts;
import org.nostrmonitor.queue.QueueView.Where;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.Priority;
import org.nostrmonitor.relay.RelayUrl;

class QueueViewTest extends QueueTests {
    private static final RelayUrl RELAY = RelayUrl.of("wss://relay-7.example");
    private static final Pattern SCRIPTS = Pattern.compile("cmdstat_evalsha:calls=(\\d+),usec=(\\d+)");

    @Test
    void countsEachPlaceByItself() {
        await(queue.plan(jobs(6)));
        List<Lease> leases = claim(5);
        await(queue.retry(leases.get(0), LONG, "no database"));
        await(queue.defer(leases.get(1), LONG, "rate limit"));
        await(queue.confirm(leases.get(2), LONG, "tcp_refused"));
        await(queue.bury(leases.get(3), "hopeless"));
        await(queue.plan(List.of(asked("asked.example", CYCLE.plusSeconds(1)))));
        QueueCounts counts = counts();
        assertThat(counts).isEqualTo(new QueueCounts(1, 1, 2, 1, 1, 1, counts.overdue()));
        assertThat(counts.overdue()).isLessThan(Duration.ofSeconds(10));
        assertThat(counts.waiting()).isEqualTo(5);
    }

    @Test
    void showsAllJobsOfARelayTheNewestFirst() {
        Instant next = CYCLE.plusSeconds(900);
        await(queue.plan(List.of(job("relay-7.example"))));
        claim(1);
        await(queue.plan(List.of(job("relay-7.example", Priority.ONLINE, next, REGION))));
        CheckJob once = asked("relay-7.example", CYCLE.plusSeconds(300));
        await(queue.plan(List.of(once)));
        await(queue.ack(claim(0, 1, Pace.UNLIMITED).get(0)));
        await(queue.plan(List.of(asked("relay-7.example", CYCLE.plusSeconds(600)))));
        List<JobStatus> jobs = await(view.jobs(REGION, RELAY));
        assertThat(jobs)
                .extracting(JobStatus::where)
                .containsExactly(Where.QUEUED, Where.QUEUED, Where.DONE, Where.RUNNING);
        assertThat(jobs)
                .extracting(status -> status.cycle().getEpochSecond() - CYCLE.getEpochSecond())
                .containsExactly(900L, 600L, 300L, 0L);
        assertThat(jobs).allMatch(status -> status.since().isAfter(Instant.now().minusSeconds(30)));
    }

    @Test
    void findsTheRunningCycleBehindHundredsThatWereAskedFor() {
        await(queue.plan(jobs(10)));
        for (int i = 1; i <= 300; i++) {
            await(queue.plan(List.of(asked("asked-" + i + ".example", CYCLE.plusSeconds(i)))));
        }
        CheckJob late = asked("relay-7.example", CYCLE.plusSeconds(301));
        await(queue.plan(List.of(late)));
        assertThat(await(view.jobs(REGION, RELAY))).hasSize(2);
        assertThat(await(view.jobs(REGION, RelayUrl.of("wss://unknown.example"))))
                .isEmpty();
    }

    /** By Redis's own clock, and as a ratio: a slow machine is slow with few jobs as well. */
    @Test
    void staysCheapWhileAHundredThousandJobsAreQueued() {
        await(queue.plan(jobs(1_000)));
        double few = microsPerLook();
        List<CheckJob> all = jobs(100_000);
        for (int from = 0; from < all.size(); from += 5_000) {
            await(queue.plan(all.subList(from, from + 5_000)));
        }
        for (int i = 1; i <= 200; i++) {
            await(queue.plan(List.of(asked("asked-" + i + ".example", CYCLE.plusSeconds(i)))));
        }
        assertThat(counts().waiting()).isEqualTo(100_200);
        double many = microsPerLook();
        assertThat(many).as("µs for a look, %.0f with 1,000 jobs", few).isLessThan(5 * few + 200);
    }

    private double microsPerLook() {
        int looks = 200;
        await(view.jobs(REGION, RELAY));
        long before = microsInScripts();
        for (int i = 0; i < looks; i++) {
            await(view.jobs(REGION, RELAY));
            await(view.status(REGION, CYCLE, RELAY));
            await(view.progress(REGION, CYCLE));
            await(view.counts(REGION));
        }
        return (microsInScripts() - before) / (double) looks;
    }

    private static long microsInScripts() {
        Matcher matcher =
                SCRIPTS.matcher(REDIS.command(Command.INFO, "commandstats").toString());
        assertThat(matcher.find()).isTrue();
        return Long.parseLong(matcher.group(2));
    }

    @Test
    void endsOfACycleAreCountedWhereTheyHappened() {
        await(queue.plan(jobs(4)));
        List<Lease> leases = claim(4);
        await(queue.ack(leases.get(0)));
        await(queue.ack(leases.get(1)));
        await(queue.bury(leases.get(2), "hopeless"));
        assertThat(await(view.progress(REGION, CYCLE))).isEqualTo(new CycleProgress(1, 2, 1, false));
        assertThat(await(view.progress(REGION, CYCLE.plusSeconds(900)))).isEqualTo(new CycleProgress(0, 0, 0, false));
    }

    @Test
    void aDeadJobIsDeadForItsCycleWhenItsLetterIsGone() {
        Lease lease = planAndClaim(job("a.example"));
        await(queue.bury(lease, "hopeless"));
        await(letters.dropAll(REGION));
        assertThat(status(lease.job()).where()).isEqualTo(Where.DEAD);
        assertThat(await(queue.plan(List.of(lease.job())))).isZero();
    }
}
