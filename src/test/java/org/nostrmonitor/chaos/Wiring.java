package org.nostrmonitor.chaos;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.nostrmonitor.bus.Bus;
import org.nostrmonitor.bus.Messages;
import org.nostrmonitor.cache.RedisRecentResults;
import org.nostrmonitor.cache.RedisWorkers;
import org.nostrmonitor.config.CronTicks;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.consume.JobConsumer;
import org.nostrmonitor.consume.Pulse;
import org.nostrmonitor.consume.QueueConsumerVerticle;
import org.nostrmonitor.consume.Reaper;
import org.nostrmonitor.consume.Surroundings;
import org.nostrmonitor.consume.WorkerSettings;
import org.nostrmonitor.nostr.EventSigner;
import org.nostrmonitor.nostr.KeyRing;
import org.nostrmonitor.nostr.ProtocolException;
import org.nostrmonitor.nostr.SecretKey;
import org.nostrmonitor.queue.DeadLetters;
import org.nostrmonitor.queue.JobQueue;
import org.nostrmonitor.queue.Pace;
import org.nostrmonitor.queue.QueueView;
import org.nostrmonitor.queue.RedisConnections;
import org.nostrmonitor.queue.RedisDeadLetters;
import org.nostrmonitor.queue.RedisJobQueue;
import org.nostrmonitor.queue.RedisQueueView;
import org.nostrmonitor.schedule.BackOff;
import org.nostrmonitor.schedule.CheckPlan;
import org.nostrmonitor.schedule.CheckScheduler;
import org.nostrmonitor.schedule.ScheduleSettings;
import org.nostrmonitor.schedule.ScheduleStores;
import org.nostrmonitor.schedule.SchedulerVerticle;
import org.nostrmonitor.schedule.SigningKeys;
import org.nostrmonitor.storage.Database;
import org.nostrmonitor.storage.PgCycleRepository;
import org.nostrmonitor.storage.PgHousekeeping;
import org.nostrmonitor.storage.PgLeadership;
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
    private final MeterRegistry registry = new SimpleMeterRegistry();

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
        Surroundings surroundings = new Surroundings(
                vertx,
                bus,
                KeyRing.of(signer()),
                new TracedStore(new PgReportStore(database, new PgHousekeeping(database)), stops),
                queue,
                view(),
                new RedisRecentResults(redis),
                registry);
        WorkerSettings worker = worker();
        JobConsumer consumer = new JobConsumer(surroundings, worker);
        Reaper reaper = new Reaper(queue, ChildSettings.REGION, worker.retries().maxAttempts(), registry);
        Pulse pulse =
                new Pulse(new RedisWorkers(redis), consumer, Clock.systemUTC().instant());
        return bus.serve(Messages.PROBE, probes::probe)
                .completion()
                .compose(serving -> vertx.deployVerticle(new QueueConsumerVerticle(consumer, reaper, pulse)))
                .mapEmpty();
    }

    /** The usual ones, but for the lease. */
    private WorkerSettings worker() {
        WorkerSettings usual =
                WorkerSettings.of(ChildSettings.REGION, settings.name(), settings.slots(), Pace.UNLIMITED);
        return new WorkerSettings(
                usual.region(),
                usual.owner(),
                usual.slots(),
                usual.keptSlots(),
                settings.lease(),
                usual.pace(),
                usual.retries(),
                usual.confirmAfter(),
                usual.room(),
                usual.roomBytes(),
                usual.postgresBackoff(),
                usual.redisBackoff(),
                usual.idlePatience(),
                usual.idleEvery(),
                usual.doubt());
    }

    /** Completes when the scheduler runs. Its event bus is its own: what it announces nobody else is heard announcing. */
    Future<Void> startScheduler(Stops stops) {
        Bus bus = Bus.on(vertx);
        Database database = database();
        CheckPlan plan = new CheckPlan(
                MonitorConfig.DEFAULT.checks(),
                new BackOff(Duration.ZERO),
                MonitorConfig.DEFAULT.rateLimits().urlsPerHost(),
                SigningKeys.of(signer().publicKey()),
                List.of());
        ScheduleSettings schedule = new ScheduleSettings(
                new CronTicks(EVERY_MINUTE), plan, Set.of(), settings.name(), ScheduleSettings.LEASE);
        ScheduleStores stores = new ScheduleStores(
                new PgLeadership(database),
                new PgRelayRepository(database),
                new PgCycleRepository(database),
                new TracedQueue(queue(), stops),
                view(),
                new RedisWorkers(redis),
                new RedisRecentResults(redis),
                bus);
        CheckScheduler scheduler = new CheckScheduler(schedule, stores, Clock.systemUTC());
        return bus.subscribe(Messages.CYCLE_COMPLETED, completed -> Trace.completed(completed.cycle()))
                .completion()
                .compose(listening -> vertx.deployVerticle(new SchedulerVerticle(scheduler, bus, Clock.systemUTC())))
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
