package org.nostrmonitor.embedded;

/** The embedded PostgreSQL cannot be started. The message is one line for the operator, and holds no secret. */
public final class CannotStartPostgres extends RuntimeException {
    private static final long serialVersionUID = 1;

    CannotStartPostgres(String why) {
        super("cannot start the embedded PostgreSQL: " + why);
    }

    CannotStartPostgres(String why, Throwable cause) {
        super("cannot start the embedded PostgreSQL: " + why, cause);
    }
}
