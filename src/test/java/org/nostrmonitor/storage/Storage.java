package org.nostrmonitor.storage;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.testing.RealPostgres;

/** All repositories over a database of its own, empty before each test. */
final class Storage implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    final RealPostgres postgres = new RealPostgres();
    final Vertx vertx = Vertx.vertx();
    private Database database = Database.connect(vertx, "postgresql://nobody:x@127.0.0.1:1/none", 1);
    private Database reader = database;

    @Override
    public void beforeAll(ExtensionContext context) {
        postgres.beforeAll(context);
        database = Database.connect(vertx, postgres.uri(), Database.DEFAULT_SIZE);
        reader = Database.forReading(vertx, postgres.uri(), 4);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        postgres.execute(
                "TRUNCATE relays, relay_results, relay_hourly, relay_daily, network_now, network_hourly, network_shape, network_tallies, network_tally_days, relay_documents, announcements, cycles, monitor_config, leadership, monitors, monitor_reading CASCADE");
    }

    @Override
    public void afterAll(ExtensionContext context) {
        await(database.close());
        await(reader.close());
        await(vertx.close());
        postgres.afterAll(context);
    }

    Database database() {
        return database;
    }

    /** What can only read, and plans each statement for its values. */
    Database reader() {
        return reader;
    }

    StoredEvents events() {
        return new PgStoredEvents(reader);
    }

    RelayRepository relays() {
        return new PgRelayRepository(database);
    }

    Housekeeping housekeeping() {
        return new PgHousekeeping(database);
    }

    ReportStore reports() {
        return new PgReportStore(database, housekeeping());
    }

    Outbox outbox() {
        return new PgOutbox(database);
    }

    /** Leads for a minute; the term. */
    long lead() {
        return await(new PgLeadership(database).hold(Leadership.SCHEDULER, "test", Duration.ofMinutes(1)))
                .orElseThrow();
    }

    RelayViews views() {
        return new PgRelayViews(database, InstantSource.fixed(Reports.NOON.plusSeconds(60)));
    }

    History history(Instant now) {
        return new PgHistory(database, InstantSource.fixed(now));
    }

    void know(String... urls) {
        await(relays().add(List.of(urls).stream().map(RelayUrl::of).toList(), "test"));
    }

    void knowMany(int count) {
        await(relays().add(
                        IntStream.range(0, count)
                                .mapToObj(i -> RelayUrl.of("wss://r%05d.example/".formatted(i)))
                                .toList(),
                        "test"));
    }

    /** The first column of the first row as text. */
    String value(String sql) {
        return String.valueOf(await(database.run(sql)).iterator().next().getValue(0));
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new AssertionError(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
