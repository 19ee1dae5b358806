package org.nostrmonitor.storage;

import io.vertx.pgclient.PgConnectOptions;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A {@code postgresql://user:password@host:port/database?sslmode=…} URI, read once for both drivers. */
final class PostgresAddress {
    private static final int CONNECT_SECONDS = 10;
    private static final int SOCKET_SECONDS = 600;

    private final PgConnectOptions options;

    private PostgresAddress(PgConnectOptions options) {
        this.options = options;
    }

    /** @throws PostgresUnavailable if it is not such a URI; the message does not repeat it, since it holds a password */
    static PostgresAddress of(String uri) {
        try {
            return new PostgresAddress(PgConnectOptions.fromUri(uri));
        } catch (RuntimeException e) {
            throw new PostgresUnavailable(
                    "postgres.uri is not of the form postgresql://user:password@host:port/database");
        }
    }

    PgConnectOptions options() {
        return new PgConnectOptions(options);
    }

    DataSource dataSource() {
        return dataSource(SOCKET_SECONDS);
    }

    /** @param socketSeconds how long a statement may be silent; 0 for ever */
    DataSource dataSource(int socketSeconds) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {options.getHost()});
        source.setPortNumbers(new int[] {options.getPort()});
        source.setDatabaseName(options.getDatabase());
        source.setUser(options.getUser());
        source.setPassword(options.getPassword());
        source.setSslMode(
                options.getSslMode().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setLoginTimeout(CONNECT_SECONDS);
        source.setSocketTimeout(socketSeconds);
        source.setApplicationName("nostr-monitor migrations");
        return source;
    }

    /** For people: who and where, without the password. */
    @Override
    public String toString() {
        return options.getUser() + "@" + options.getHost() + ":" + options.getPort() + "/" + options.getDatabase();
    }
}
