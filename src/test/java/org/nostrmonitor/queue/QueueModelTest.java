package org.nostrmonitor.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.queue.Jobs.CYCLE;
import static org.nostrmonitor.queue.Jobs.REGION;
import static org.nostrmonitor.queue.Jobs.job;
import static org.nostrmonitor.testing.Await.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nostrmonitor.queue.JobQueue.Claim;
import org.nostrmonitor.queue.QueueModel.Entry;
import org.nostrmonitor.queue.QueueModel.Place;
import org.nostrmonitor.queue.QueueView.JobStatus;
import org.nostrmonitor.queue.QueueView.QueueCounts;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.Priority;

/** Random operations, each of which must do to the queue what it does to a model of maps; the audit is clean after each. */
class QueueModelTest extends QueueTests {
    private static final int STEPS = 400;
    private static final int ATTEMPTS = 3;
    private static final List<Priority> PRIORITIES = List.of(Priority.values());
    private static final Duration NEVER = Duration.ofHours(1);

    private final QueueModel model = new QueueModel();
    private final List<Lease> leases = new ArrayList<>();
    private final List<Instant> cycles =
            new ArrayList<>(List.of(CYCLE, CYCLE.plusSeconds(900), CYCLE.plusSeconds(901)));
    private Random random = new Random();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void doesWhatTheModelDoes(long seed) {
        random = new Random(seed);
        for (int step = 0; step < STEPS; step++) {
            String did = "seed " + seed + ", step " + step + ": " + oneStep();
            assertThat(await(view.audit(REGION)).faults()).as(did).isEmpty();
            assertSameCounts(did);
        }
        assertThat(await(letters.newest(REGION, 1_000)))
                .extracting(DeadLetters.DeadLetter::job)
                .containsExactlyInAnyOrderElementsOf(model.letters.values());
    }

    private String oneStep() {
        int dice = random.nextInt(100);
        if (dice < 20) {
            return plan();
        }
        if (dice < 45) {
            return claim();
        }
        if (dice < 85) {
            return leases.isEmpty() ? "nothing" : settle(leases.get(random.nextInt(leases.size())));
        }
        if (dice < 93) {
            return reap();
        }
        if (dice < 95) {
            return drop();
        }
        return dice < 97 ? letters() : look();
    }

    private String plan() {
        Instant cycle = cycles.get(random.nextInt(cycles.size()));
        List<CheckJob> jobs = IntStream.range(0, 1 + random.nextInt(5))
                .map(i -> random.nextInt(12))
                .mapToObj(host -> job("h" + host + ".example", PRIORITIES.get(host % PRIORITIES.size()), cycle, REGION)
                        .withWasUp(host % 3 == 0))
                .toList();
        assertThat(await(queue.plan(jobs))).isEqualTo(model.plan(jobs));
        return "plan " + jobs;
    }

    private String claim() {
        int most = random.nextInt(5);
        int onDemand = random.nextInt(3);
        if (most + onDemand > 0) {
            int expected = model.claimable(most, onDemand);
            List<Lease> claimed =
                    await(queue.claim(new Claim(REGION, "w" + most, most, onDemand, NEVER, Pace.UNLIMITED)));
            assertThat(claimed).hasSize(expected);
            claimed.forEach(lease -> assertThat(lease.job()).isEqualTo(model.lease(lease)));
            leases.addAll(claimed);
        }
        return "claim " + most + " and " + onDemand;
    }

    /** A lease that may be stale by now. */
    private String settle(Lease lease) {
        Entry entry = model.held(lease);
        boolean due = random.nextBoolean();
        Duration delay = due ? Duration.ZERO : NEVER;
        int attempt = entry == null ? 1 : entry.job.attempt();
        int confirmation = entry == null ? 0 : entry.job.confirmation();
        int what = random.nextInt(7);
        boolean done = switch (what) {
            case 0 -> await(queue.retry(lease, delay, "retry"));
            case 1 -> await(queue.defer(lease, delay, "defer"));
            case 2 -> await(queue.confirm(lease, delay, "confirm"));
            case 3 -> await(queue.awaitTurn(lease, delay, "192.0.2.1"));
            case 4 -> await(queue.bury(lease, "bury"));
            default -> await(queue.ack(lease));
        };
        assertThat(done).as("%d of %s", what, lease).isEqualTo(entry != null);
        if (entry != null) {
            entry.job = switch (what) {
                case 0 -> entry.job.after(attempt + 1, confirmation, null);
                case 2 -> entry.job.after(attempt, confirmation + 1, null);
                case 3 -> entry.job.after(attempt, confirmation, "192.0.2.1");
                default -> entry.job;
            };
            Place place = what == 0 ? Place.RETRYING : what < 4 ? Place.DELAYED : what == 4 ? Place.DEAD : Place.DONE;
            model.leave(entry, place, due);
        }
        return what + " of " + lease;
    }

    private String reap() {
        for (Lease lease : leases) {
            if (random.nextInt(4) == 0) {
                Entry entry = model.held(lease);
                assertThat(await(queue.renew(List.of(lease), Duration.ZERO))).hasSize(entry == null ? 0 : 1);
                if (entry != null) {
                    entry.expired = true;
                }
            }
        }
        assertThat(await(queue.reap(REGION, ATTEMPTS))).isEqualTo(model.reap(ATTEMPTS));
        return "reap";
    }

    private String drop() {
        Instant cycle = cycles.get(random.nextInt(cycles.size()));
        assertThat(await(queue.drop(REGION, cycle))).isEqualTo(model.drop(cycle));
        return "drop " + cycle;
    }

    private String letters() {
        Instant cycle = CYCLE.plusSeconds(1_000 + cycles.size());
        cycles.add(cycle);
        int expected = model.retryLetters(cycle);
        assertThat(await(letters.retryAll(REGION, cycle))).isEqualTo(expected);
        return "retry " + expected + " letters";
    }

    private String look() {
        for (Entry entry : model.entries.values()) {
            JobStatus status = status(entry.job);
            String place = switch (entry.place) {
                case READY -> "QUEUED";
                case LEASED -> "RUNNING";
                default -> entry.place.name();
            };
            assertThat(status.where().name()).isEqualTo(place);
            assertThat(status.attempt()).isEqualTo(entry.job.attempt());
            assertThat(status.confirmation()).isEqualTo(entry.job.confirmation());
        }
        return "look";
    }

    private void assertSameCounts(String did) {
        QueueCounts counts = counts();
        assertThat(counts)
                .as(did)
                .isEqualTo(new QueueCounts(
                        (int) model.ready(false),
                        (int) model.ready(true),
                        model.in(Place.DELAYED).size(),
                        model.in(Place.RETRYING).size(),
                        model.in(Place.LEASED).size(),
                        model.letters.size(),
                        counts.overdue()));
        for (Instant cycle : cycles) {
            assertThat(await(view.progress(REGION, cycle))).as(did).isEqualTo(model.progress(cycle, false));
        }
    }
}
