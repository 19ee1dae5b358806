package org.nostrmonitor;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.nostrmonitor.cli.Await;
import org.nostrmonitor.cli.DatabaseAccess;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.config.StartFailure;
import org.nostrmonitor.embedded.CannotStartPostgres;
import org.nostrmonitor.embedded.DataDirectoryLock;
import org.nostrmonitor.embedded.EmbeddedPostgres;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.Database;
import org.nostrmonitor.storage.Migrations;
import org.nostrmonitor.storage.Outbox;
import org.nostrmonitor.storage.PgOutbox;
import org.nostrmonitor.storage.PgRelayRepository;
import org.nostrmonitor.storage.PgSharedSettings;
import org.nostrmonitor.storage.PostgresUnavailable;
import org.nostrmonitor.storage.RelayRepository.Added;
import org.nostrmonitor.storage.SharedSettings.Shared;

/**
 * The database for a command: the shared one, the embedded one of a monitor that is running, or the
 * embedded one started for the while. Blocks: it is not part of a running node.
 */
final class CommandDatabase implements DatabaseAccess {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    /** What must be undone, the last opened first. */
    private interface Closing {
        void close() throws Exception;
    }

    @Override
    public Store open(MonitorConfig config) {
        Deque<Closing> opened = new ArrayDeque<>();
        try {
            String uri = uri(config, opened);
            Migrations.run(uri);
            Vertx vertx = Vertx.vertx();
            opened.push(() -> Await.of(vertx.close(), CLOSE_LIMIT, "Vert.x"));
            Database database = Database.connect(vertx, uri, 1);
            opened.push(() -> Await.of(database.close(), CLOSE_LIMIT, "the database"));
            return new OpenStore(
                    new PgRelayRepository(database), new PgOutbox(database), targets(database, config), opened);
        } catch (IOException | CannotStartPostgres | PostgresUnavailable e) {
            closeAll(opened);
            throw new StartFailure(String.valueOf(e.getMessage()), e);
        }
    }

    private static Future<List<RelayUrl>> targets(Database database, MonitorConfig config) {
        return new PgSharedSettings(database)
                .read(Shared.of(config))
                .map(shared -> shared.publish().relays());
    }

    private static String uri(MonitorConfig config, Deque<Closing> opened) throws IOException {
        MonitorConfig.Postgres shared = config.postgres();
        if (shared != null) {
            return shared.uri();
        }
        Optional<String> running = EmbeddedPostgres.uriOfRunning(config.dataDirectory());
        if (running.isPresent()) {
            return running.get();
        }
        DataDirectoryLock lock = DataDirectoryLock.take(config.dataDirectory());
        opened.push(lock::close);
        EmbeddedPostgres postgres = EmbeddedPostgres.start(config.dataDirectory());
        opened.push(postgres::stop);
        return postgres.uri();
    }

    private record OpenStore(
            PgRelayRepository relays, Outbox outbox, Future<List<RelayUrl>> publishTargets, Deque<Closing> opened)
            implements Store {
        @Override
        public Future<Added> add(Collection<RelayUrl> urls) {
            return relays.add(urls, "import");
        }

        @Override
        public void close() {
            closeAll(opened);
        }
    }

    private static void closeAll(Deque<Closing> opened) {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                throw new StartFailure("what was opened for the command could not be closed: " + e.getMessage(), e);
            }
        }
    }
}
