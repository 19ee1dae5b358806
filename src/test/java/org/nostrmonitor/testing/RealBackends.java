package org.nostrmonitor.testing;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.nostrmonitor.bus.Bus;
import org.nostrmonitor.queue.DeadLetters;
import org.nostrmonitor.queue.JobQueue;
import org.nostrmonitor.queue.QueueView;
import org.nostrmonitor.queue.RedisDeadLetters;
import org.nostrmonitor.queue.RedisJobQueue;
import org.nostrmonitor.queue.RedisQueueView;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.CycleRepository;
import org.nostrmonitor.storage.Database;
import org.nostrmonitor.storage.Outbox;
import org.nostrmonitor.storage.PgCycleRepository;
import org.nostrmonitor.storage.PgHousekeeping;
import org.nostrmonitor.storage.PgOutbox;
import org.nostrmonitor.storage.PgRelayRepository;
import org.nostrmonitor.storage.PgReportStore;
import org.nostrmonitor.storage.RelayRepository;
import org.nostrmonitor.storage.ReportStore;

/**
 * A real PostgreSQL and a real Redis for a test class, both empty before each test, with what a node keeps there and a bus.
 *
 * <pre>{@code @RegisterExtension static final RealBackends BACKENDS = new RealBackends();}</pre>
 */
public final class RealBackends implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    private final RealPostgres postgres = new RealPostgres();
    private final RealRedis redis = new RealRedis();
    private @Nullable Database database;
    private @Nullable Bus bus;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        postgres.beforeAll(context);
        redis.beforeAll(context);
        database = Database.connect(vertx(), postgres.uri(), Database.DEFAULT_SIZE);
        bus = Bus.on(vertx());
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        redis.beforeEach(context);
        postgres.execute(
                "TRUNCATE relays, relay_results, relay_hourly, relay_daily, network_now, network_hourly, network_shape, network_tallies, network_tally_days, relay_documents, announcements, cycles, leadership CASCADE");
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        Await.await(database().close());
        redis.afterAll(context);
        postgres.afterAll(context);
    }

    public Vertx vertx() {
        return redis.vertx();
    }

    public RealPostgres postgres() {
        return postgres;
    }

    public RealRedis redis() {
        return redis;
    }

    public Database database() {
        return started(database);
    }

    public Bus bus() {
        return started(bus);
    }

    public JobQueue queue() {
        return new RedisJobQueue(redis.client());
    }

    public QueueView queueView() {
        return new RedisQueueView(redis.client());
    }

    public DeadLetters deadLetters() {
        return new RedisDeadLetters(redis.client());
    }

    public RelayRepository relays() {
        return new PgRelayRepository(database());
    }

    public CycleRepository cycles() {
        return new PgCycleRepository(database());
    }

    public ReportStore reports() {
        return new PgReportStore(database(), new PgHousekeeping(database()));
    }

    public Outbox outbox() {
        return new PgOutbox(database());
    }

    /** Adds relays to be checked. */
    public void know(RelayUrl... urls) {
        Await.await(relays().add(Arrays.asList(urls), "test"));
    }

    private static <T> T started(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("started by JUnit: register it with @RegisterExtension");
        }
        return part;
    }
}
