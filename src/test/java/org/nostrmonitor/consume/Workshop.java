package org.nostrmonitor.consume;

import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.nostrmonitor.bus.Messages;
import org.nostrmonitor.bus.Messages.ProbeAnswer;
import org.nostrmonitor.bus.Messages.ProbeRequest;
import org.nostrmonitor.cache.RecentResults;
import org.nostrmonitor.cache.RedisRecentResults;
import org.nostrmonitor.nostr.EventSigner;
import org.nostrmonitor.nostr.KeyRing;
import org.nostrmonitor.nostr.SecretKey;
import org.nostrmonitor.queue.JobQueue;
import org.nostrmonitor.queue.JobQueue.Claim;
import org.nostrmonitor.queue.Lease;
import org.nostrmonitor.queue.Pace;
import org.nostrmonitor.queue.RetryPolicy;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.CheckType;
import org.nostrmonitor.relay.Priority;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.ReportStore;
import org.nostrmonitor.testing.Await;
import org.nostrmonitor.testing.RealBackends;

/** A worker's place over real databases, with a prober that finds what the test says. For one test. */
final class Workshop implements BeforeEachCallback, AfterEachCallback {
    static final String REGION = "eu";
    static final RelayUrl RELAY = RelayUrl.of("wss://relay.example/");
    static final RelayUrl TARGET = RelayUrl.of("wss://target.example/");
    static final Instant CYCLE = Instant.parse("2026-11-22T12:00:00Z");
    static final Duration LONG = Duration.ofMinutes(1);

    /** A failure of one or two relays is believed at once. */
    private static final DoubtSettings NO_DOUBT = new DoubtSettings(
            Duration.ZERO, Duration.ZERO, Duration.ZERO, LONG, Duration.ofMillis(1), Duration.ofMillis(1));

    /** Tries again at once. */
    private static final RetryPolicy IMPATIENT = new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(1));

    final EventSigner signer = EventSigner.of(SecretKey.random());
    final KeyRing keys = KeyRing.of(signer);
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final AtomicInteger probes = new AtomicInteger();
    final JobQueue queue;
    final RecentResults recent;
    private final RealBackends backends;
    private volatile Function<CheckJob, Future<ProbeAnswer>> prober =
            job -> Future.failedFuture("the test did not say what the prober finds");
    private @Nullable MessageConsumer<ProbeRequest> serving;

    Workshop(RealBackends backends) {
        this.backends = backends;
        this.queue = backends.queue();
        this.recent = new RedisRecentResults(backends.redis().client());
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        serving = backends.bus().serve(Messages.PROBE, request -> {
            probes.incrementAndGet();
            return prober.apply(request.job());
        });
        Await.await(serving.completion());
        backends.know(RELAY);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (serving != null) {
            Await.await(serving.unregister());
        }
    }

    void proberFinds(Function<CheckJob, CheckReport> found) {
        prober = job -> Future.succeededFuture(ProbeAnswer.found(found.apply(job)));
    }

    void proberAnswers(Function<CheckJob, Future<CheckReport>> answer) {
        prober = job -> answer.apply(job).map(ProbeAnswer::found);
    }

    void proberHasItsTurnLater(String address, Duration in) {
        prober = job -> Future.succeededFuture(ProbeAnswer.later(address, in));
    }

    /** A story teller that nobody stops. */
    Story story(ReportStore store) {
        return story(store, keys);
    }

    Story story(ReportStore store, KeyRing held) {
        WorkerParts parts = WorkerParts.of(surroundings(store, held, queue), settings(1));
        return lease -> parts.handler().handle(lease, () -> {});
    }

    /** One that comes to doubt its network in its own way. */
    Story story(DoubtSettings doubt) {
        WorkerParts parts =
                WorkerParts.of(surroundings(backends.reports(), keys, queue), settings(1, 2_000, 64_000_000, doubt));
        return lease -> parts.handler().handle(lease, () -> {});
    }

    interface Story {
        Future<Void> handle(Lease lease);
    }

    Surroundings surroundings(ReportStore store, KeyRing held, JobQueue jobs) {
        return new Surroundings(
                backends.vertx(), backends.bus(), held, store, jobs, backends.queueView(), recent, registry);
    }

    /** Everything short: back-offs of milliseconds, no slot kept. */
    static WorkerSettings settings(int slots) {
        return settings(slots, 2_000, 64_000_000);
    }

    static WorkerSettings settings(int slots, int room, long roomBytes) {
        return settings(slots, room, roomBytes, NO_DOUBT);
    }

    private static WorkerSettings settings(int slots, int room, long roomBytes, DoubtSettings doubt) {
        return new WorkerSettings(
                REGION,
                "worker",
                slots,
                0,
                WorkerSettings.LEASE,
                Pace.UNLIMITED,
                IMPATIENT,
                WorkerSettings.CONFIRM_AFTER,
                room,
                roomBytes,
                new Backoff(Duration.ofMillis(20), Duration.ofMillis(200)),
                new Backoff(Duration.ofMillis(20), Duration.ofMillis(200)),
                Duration.ZERO,
                Duration.ZERO,
                doubt);
    }

    /** @param tags names and values in turn, besides the region */
    double count(String counter, String... tags) {
        return registry.counter(counter, Tags.of("region", REGION).and(tags)).count();
    }

    double gauge(String name) {
        return registry.get(name).tag("region", REGION).gauge().value();
    }

    CheckJob job() {
        return job(RELAY);
    }

    CheckJob job(RelayUrl relay) {
        return job(relay, signer.publicKey());
    }

    static CheckJob job(RelayUrl relay, @Nullable String signingKey) {
        Map<CheckType, Duration> timeouts = new EnumMap<>(CheckType.class);
        for (CheckType type : CheckType.values()) {
            timeouts.put(type, Duration.ofSeconds(1));
        }
        return new CheckJob(
                relay, REGION, CYCLE, timeouts.keySet(), timeouts, signingKey, List.of(TARGET), Priority.ONLINE, 1);
    }

    Lease claimed(CheckJob job) {
        Await.await(queue.plan(List.of(job)));
        return claim("worker");
    }

    /** The next job, as soon as it is due. */
    Lease claim(String owner) {
        return Await.until(
                        () -> queue.claim(new Claim(REGION, owner, 1, 0, LONG, Pace.UNLIMITED)),
                        leases -> !leases.isEmpty())
                .get(0);
    }

    /** Another worker has it now: the lease had run out. */
    Lease takenOver(CheckJob job, String by) {
        Await.until(() -> queue.reap(REGION, 3), reaped -> reaped == 1);
        Lease taken = claim(by);
        if (!taken.job().id().equals(job.id())) {
            throw new AssertionError("claimed another job: " + taken);
        }
        return taken;
    }
}
