package org.nostrmonitor.chaos;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.nostrmonitor.bus.Bus;
import org.nostrmonitor.bus.Messages;
import org.nostrmonitor.cache.RedisRecentResults;
import org.nostrmonitor.cache.RedisWorkers;
import org.nostrmonitor.config.CronTicks;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.consume.CheckFigures;
import org.nostrmonitor.consume.CheckJobHandler;
import org.nostrmonitor.consume.JobConsumer;
import org.nostrmonitor.consume.Pulse;
import org.nostrmonitor.consume.QueueConsumerVerticle;
import org.nostrmonitor.consume.Reaper;
import org.nostrmonitor.nostr.EventSigner;
import org.nostrmonitor.nostr.KeyRing;
import org.nostrmonitor.nostr.ProtocolException;
import org.nostrmonitor.nostr.SecretKey;
import org.nostrmonitor.queue.DeadLetters;
import org.nostrmonitor.queue.JobQueue;
import org.nostrmonitor.queue.QueueView;
import org.nostrmonitor.queue.RedisConnections;
import org.nostrmonitor.queue.RedisDeadLetters;
import org.nostrmonitor.queue.RedisJobQueue;
import org.nostrmonitor.queue.RedisQueueView;
import org.nostrmonitor.queue.RetryPolicy;
import org.nostrmonitor.schedule.CheckPlan;
import org.nostrmonitor.schedule.CheckScheduler;
import org.nostrmonitor.schedule.CycleWatch;
import org.nostrmonitor.schedule.SchedulerVerticle;
import org.nostrmonitor.storage.Database;
import org.nostrmonitor.storage.PgCycleRepository;
import org.nostrmonitor.storage.PgHousekeeping;
import org.nostrmonitor.storage.PgRelayRepository;
import org.nostrmonitor.storage.PgReportStore;
import org.nostrmonitor.storage.RelayRepository;

/** How the real parts are put together here, as {@code Rooms} does it: the one file to change when a constructor does. */
final class Wiring {
    private static final int CONNECTIONS = 4;
    private static final String EVERY_MINUTE = "* * * * *";

    private final ChildSettings settings;
    private final Vertx vertx;
    private final Redis redis;

    private Wiring(ChildSettings settings, Vertx vertx) {
        this.settings = settings;
        this.vertx = vertx;
        this.redis = RedisConnections.open(vertx, settings.redis());
    }

    /** Connects to nothing yet. A killed process must leave no files behind, so none are cached. */
    static Wiring of(ChildSettings settings) {
        FileSystemOptions noFiles =
                new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false);
        return new Wiring(settings, Vertx.vertx(new VertxOptions().setFileSystemOptions(noFiles)));
    }

    Vertx vertx() {
        return vertx;
    }

    JobQueue queue() {
        return new RedisJobQueue(redis);
    }

    QueueView view() {
        return new RedisQueueView(redis);
    }

    DeadLetters letters() {
        return new RedisDeadLetters(redis);
    }

    RelayRepository relays() {
        return new PgRelayRepository(database());
    }

    /** Redis forgets everything. */
    Future<Void> flush() {
        return redis.send(Request.cmd(Command.FLUSHALL)).mapEmpty();
    }

    /** Completes when the worker claims. */
    Future<Void> startWorker(MadeUpProbes probes, Stops stops) {
        Bus bus = Bus.on(vertx);
        Database database = database();
        JobQueue queue = new TracedQueue(queue(), stops);
        CheckJobHandler handler = new CheckJobHandler(
                bus,
                KeyRing.of(signer()),
                new TracedStore(new PgReportStore(database, new PgHousekeeping(database)), stops),
                queue,
                new RedisRecentResults(redis),
                RetryPolicy.DEFAULT,
                new CheckFigures(new SimpleMeterRegistry(), ChildSettings.REGION),
                new Random());
        JobConsumer consumer = new JobConsumer(
                queue, handler, ChildSettings.REGION, settings.name(), settings.slots(), settings.lease());
        Pulse pulse =
                new Pulse(new RedisWorkers(redis), consumer, Clock.systemUTC().instant());
        int maxAttempts = RetryPolicy.DEFAULT.maxAttempts();
        vertx.setPeriodic(
                ChildSettings.REAP_EVERY.toMillis(),
                timer -> queue.reap(ChildSettings.REGION, maxAttempts).onFailure(e -> {}));
        return bus.serve(Messages.PROBE, probes::probe)
                .completion()
                .compose(serving -> vertx.deployVerticle(new QueueConsumerVerticle(
                        consumer, new Reaper(queue, ChildSettings.REGION, maxAttempts), pulse)))
                .mapEmpty();
    }

    /** Completes when the scheduler runs. Its event bus is its own: what it announces nobody else is heard announcing. */
    Future<Void> startScheduler(Stops stops) {
        Bus bus = Bus.on(vertx);
        Database database = database();
        PgCycleRepository cycles = new PgCycleRepository(database);
        CheckPlan plan = new CheckPlan(MonitorConfig.DEFAULT.checks(), signer().publicKey(), List.of());
        CheckScheduler scheduler = new CheckScheduler(
                new CronTicks(EVERY_MINUTE),
                plan,
                new PgRelayRepository(database),
                cycles,
                new TracedQueue(queue(), stops),
                () -> Future.succeededFuture(Set.of(ChildSettings.REGION)),
                Clock.systemUTC());
        CycleWatch watch = new CycleWatch(cycles, view(), scheduler, bus, Clock.systemUTC());
        return bus.subscribe(Messages.CYCLE_COMPLETED, completed -> Trace.completed(completed.cycle()))
                .completion()
                .compose(listening ->
                        vertx.deployVerticle(new SchedulerVerticle(scheduler, watch, bus, Clock.systemUTC())))
                .mapEmpty();
    }

    private Database database() {
        return Database.connect(vertx, settings.postgres(), CONNECTIONS);
    }

    private EventSigner signer() {
        try {
            return EventSigner.of(SecretKey.parse(settings.nsec()));
        } catch (ProtocolException e) {
            throw new IllegalArgumentException(e);
        }
    }

    Future<Void> close() {
        return redis.close().transform(closed -> vertx.close());
    }
}
