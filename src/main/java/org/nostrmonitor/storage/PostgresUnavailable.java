package org.nostrmonitor.storage;

/** PostgreSQL cannot be used as it is configured. The message is one line for the operator, and holds no password. */
public final class PostgresUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    PostgresUnavailable(String why) {
        super(why);
    }

    PostgresUnavailable(String why, Throwable cause) {
        super(why, cause);
    }
}
