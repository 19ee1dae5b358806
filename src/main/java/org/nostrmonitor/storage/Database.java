package org.nostrmonitor.storage;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Cursor;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The connections to PostgreSQL that all repositories of a node share. Connects when first used, and again when it has to:
 * while the server is away every call fails within seconds, and nothing has to be restarted.
 */
public final class Database {
    /** Enough for pages, a scheduler and a group commit side by side; a hundred nodes still fit a server's limit. */
    public static final int DEFAULT_SIZE = 8;

    private static final int MAX_WAITING = 1000;
    private static final int CONNECT_SECONDS = 5;
    private static final int STATEMENT_SECONDS = 30;
    private static final int READING_SECONDS = 5;
    private static final int ANSWER_SECONDS = STATEMENT_SECONDS + 5;
    private static final int TRANSACTION_SECONDS = 2 * STATEMENT_SECONDS;

    /** A new connection has all partitions to learn, which takes it longer than any question: those that are there stay. */
    private static final int IDLE_SECONDS = 600;

    /** A comment that the cache of statements is told by. */
    private static final String ONCE = "/* once */ ";

    private final Vertx vertx;
    private final Pool pool;

    private Database(Vertx vertx, Pool pool) {
        this.vertx = vertx;
        this.pool = pool;
    }

    /**
     * Opens no connection yet.
     *
     * @param uri {@code postgresql://user:password@host:port/database}
     * @param size at most so many connections, 1 to 100
     * @throws PostgresUnavailable if the URI is not one
     */
    public static Database connect(Vertx vertx, String uri, int size) {
        return connect(vertx, options(uri, STATEMENT_SECONDS), size);
    }

    /**
     * Connections of their own for what strangers ask: they can only read, for at most 5 s, and take none from those who
     * store. Every statement is planned for its values, which for filters decide on the index. Opens no connection yet.
     *
     * @param size at most so many connections, 1 to 100
     */
    public static Database forReading(Vertx vertx, String uri, int size) {
        PgConnectOptions server = options(uri, READING_SECONDS)
                .addProperty("default_transaction_read_only", "on")
                .addProperty("plan_cache_mode", "force_custom_plan");
        return connect(vertx, server, size);
    }

    private static PgConnectOptions options(String uri, int seconds) {
        return PostgresAddress.of(uri)
                .options()
                .setCachePreparedStatements(true)
                .setPreparedStatementCacheSqlFilter(sql -> !sql.startsWith(ONCE))
                .setReconnectAttempts(2)
                .setReconnectInterval(200)
                .addProperty("application_name", "nostr-monitor")
                .addProperty("timezone", "UTC")
                // No question is so long that it has to take a core from another.
                .addProperty("max_parallel_workers_per_gather", "0")
                .addProperty("statement_timeout", seconds + "s")
                .addProperty("idle_in_transaction_session_timeout", seconds + "s");
    }

    private static Database connect(Vertx vertx, PgConnectOptions server, int size) {
        NetClientOptions tcp =
                new NetClientOptions().setConnectTimeout(CONNECT_SECONDS * 1000).setTcpKeepAlive(true);
        PoolOptions pool = new PoolOptions()
                .setMaxSize(size)
                .setMaxWaitQueueSize(MAX_WAITING)
                .setConnectionTimeout(CONNECT_SECONDS * 2)
                .setConnectionTimeoutUnit(TimeUnit.SECONDS)
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
        return new Database(
                vertx,
                PgBuilder.pool()
                        .with(pool)
                        .with(tcp)
                        .connectingTo(server)
                        .using(vertx)
                        .build());
    }

    /** Completes when the server has answered: for the health check. */
    public Future<Void> ping() {
        return run("SELECT 1").mapEmpty();
    }

    /** Completes when all connections are closed. */
    public Future<Void> close() {
        return pool.close();
    }

    /** One statement on any connection. Parameters are {@code $1 $2 …}. Fails if there is no answer within 35 s. */
    Future<RowSet<Row>> run(String sql, @Nullable Object... parameters) {
        return run(pool, sql, parameters).timeout(ANSWER_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * The same for a statement that is put together for the occasion: it is not kept, so it is planned for the values that it
     * has, and whether many or few rows have them.
     */
    Future<RowSet<Row>> runOnce(String sql, @Nullable Object... parameters) {
        return run(ONCE + sql, parameters);
    }

    /** The same on a connection of a transaction. */
    static Future<RowSet<Row>> run(SqlClient client, String sql, @Nullable Object... parameters) {
        return client.preparedQuery(sql).execute(Tuple.wrap(parameters));
    }

    /**
     * All of it or nothing. Fails if it takes longer than 60 s: a server that hangs does not cut off its own statements.
     * Then, and when the connection breaks, it is not known whether it was committed.
     */
    <T> Future<T> transaction(Function<SqlConnection, Future<T>> work) {
        return pool.withTransaction(work).timeout(TRANSACTION_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * One statement, read from one snapshot a page at a time; the next page is fetched when {@code each} has completed, so
     * that only one is ever held. Fails as {@code each} does, and like {@link #transaction}.
     */
    Future<Void> readPages(String sql, Tuple parameters, int page, Function<RowSet<Row>, Future<Void>> each) {
        return transaction(connection -> connection.prepare(sql).compose(statement -> {
            Cursor cursor = statement.cursor(parameters);
            Promise<Void> done = Promise.promise();
            readNext(cursor, page, each, done);
            return done.future()
                    .eventually(() -> cursor.close().otherwiseEmpty())
                    .eventually(() -> statement.close().otherwiseEmpty());
        }));
    }

    private static void readNext(
            Cursor cursor, int page, Function<RowSet<Row>, Future<Void>> each, Promise<Void> done) {
        cursor.read(page).compose(each).onComplete(read -> {
            if (read.failed()) {
                done.fail(read.cause());
            } else if (cursor.hasMore()) {
                readNext(cursor, page, each, done);
            } else {
                done.complete();
            }
        });
    }

    Vertx vertx() {
        return vertx;
    }

    /** Works off the event loop, in no order: what takes a millisecond or more. */
    <T> Future<T> elsewhere(Callable<T> work) {
        return vertx.executeBlocking(work, false);
    }
}
