package org.nostrmonitor.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.queue.Jobs.CYCLE;
import static org.nostrmonitor.queue.Jobs.REGION;
import static org.nostrmonitor.queue.Jobs.job;
import static org.nostrmonitor.testing.Await.await;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.CheckType;
import org.nostrmonitor.relay.Priority;
import org.nostrmonitor.relay.RelayUrl;

class CompactJobsTest extends QueueTests {
    private static CheckJob withoutWrite(String host) {
        CheckJob plain = job(host);
        Map<CheckType, Duration> timeouts = new EnumMap<>(plain.timeouts());
        timeouts.remove(CheckType.WRITE);
        return new CheckJob(
                plain.relay(),
                REGION,
                CYCLE,
                timeouts.keySet(),
                timeouts,
                plain.signingKey(),
                List.of(RelayUrl.of("wss://three.example")),
                Priority.DEAD,
                1);
    }

    private static List<String> keys(String pattern) {
        return REDIS.command(Command.KEYS, pattern).stream()
                .map(Response::toString)
                .toList();
    }

    @Test
    void sharesTermsAndGivesEachJobItsOwn() {
        List<CheckJob> planned = List.of(
                job("a.example"),
                job("b.example").withWasUp(true),
                withoutWrite("c.example"),
                asked("d.example", CYCLE),
                job("e.example", Priority.CONFIRMING));
        await(queue.plan(planned));
        assertThat(REDIS.command(Command.HLEN, KEYS.terms(CYCLE)).toInteger()).isEqualTo(4);
        assertThat(claim(10)).extracting(Lease::job).containsExactlyInAnyOrderElementsOf(planned);
    }

    @Test
    void termsGoWithTheLastJobOfTheirCycle() {
        await(queue.plan(List.of(job("a.example"), withoutWrite("b.example"))));
        await(queue.plan(List.of(asked("c.example", CYCLE.plusSeconds(1)))));
        List<Lease> leases = claim(3);
        assertThat(keys("*:terms")).hasSize(2);
        await(queue.ack(leases.get(1)));
        assertThat(keys("*:terms")).hasSize(2);
        await(Future.all(leases.stream().map(queue::ack).toList()));
        assertThat(keys("*:terms")).isEmpty();
    }

    @Test
    void termsGoWithACycleThatIsDroppedOrBuried() {
        await(queue.plan(List.of(job("a.example"))));
        await(queue.plan(List.of(asked("b.example", CYCLE.plusSeconds(1)))));
        await(queue.drop(REGION, CYCLE));
        assertThat(keys("*:terms")).hasSize(1);
        await(queue.bury(claim(1).get(0), "hopeless"));
        assertThat(keys("*:terms")).isEmpty();
    }

    @Test
    void termsComeAgainWithMoreJobsOfACycleThatWasDone() {
        await(queue.ack(planAndClaim(job("a.example"))));
        await(queue.plan(List.of(job("a.example"), job("b.example"))));
        assertThat(claim(5)).extracting(Lease::job).containsExactly(job("b.example"));
    }

    /** URLs of about 30 characters, as relays have; 228 bytes are what a prototype needed. */
    @Test
    void aWaitingJobTakesNoMoreThan228Bytes() {
        int count = 100_000;
        await(queue.ack(planAndClaim(job("warm-up.example"))));
        long before = usedMemory();
        List<CheckJob> jobs = IntStream.range(0, count)
                .mapToObj(i -> job("relay-%05d.example.com".formatted(i)).withWasUp(i % 3 == 0))
                .toList();
        await(queue.plan(jobs));
        assertThat(jobs.get(0).relay().value()).hasSize(30);
        assertThat((usedMemory() - before) / count).isBetween(100L, 228L);
        for (int i = 0; i < 20; i++) {
            await(queue.drop(REGION, CYCLE));
        }
    }

    private static long usedMemory() {
        String memory = REDIS.command(Command.INFO, "memory").toString();
        return Long.parseLong(memory.replaceAll("(?s).*used_memory:(\\d+).*", "$1"));
    }
}
