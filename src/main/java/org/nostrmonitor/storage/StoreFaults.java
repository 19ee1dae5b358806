package org.nostrmonitor.storage;

import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** Tells the failures of the server and of the way to it from those of a row. */
final class StoreFaults {
    /**
     * Classes of SQLSTATE that tell of the server, and pass: connection, transaction state (a read-only standby, a session
     * that was ended), authorization and catalog name (both only when connecting), rollback (a deadlock), resources, operator
     * intervention (shutting down, starting up, a statement that took too long), system error.
     */
    private static final Set<String> OF_THE_SERVER = Set.of("08", "25", "28", "3D", "40", "53", "57", "58");

    /** Classes that tell of a row, not of the server: data exception, constraint, too large. */
    private static final Set<String> OF_A_ROW = Set.of("22", "23", "54");

    /** How the pool says that no connection became free in time. */
    private static final String POOL_TIMEOUT = "Timeout";

    private StoreFaults() {}

    /** Nothing is wrong with what was to be stored: worth another try for as long as it takes. */
    static boolean isOutage(Throwable fault) {
        if (fault instanceof PgException) {
            return OF_THE_SERVER.contains(stateClass(fault));
        }
        return fault instanceof StoreUnavailable
                || fault instanceof IOException
                || fault instanceof TimeoutException
                || fault instanceof VertxException
                || POOL_TIMEOUT.equals(fault.getMessage());
    }

    static boolean isRowFault(Throwable fault) {
        return OF_A_ROW.contains(stateClass(fault));
    }

    /** The SQLSTATE, or empty if PostgreSQL did not give one. */
    static String state(Throwable fault) {
        String state = fault instanceof PgException refused ? refused.getSqlState() : null;
        return state == null ? "" : state;
    }

    private static String stateClass(Throwable fault) {
        String state = state(fault);
        return state.length() == 5 ? state.substring(0, 2) : "";
    }

    /** The fault as callers see it: an outage is a {@link StoreUnavailable}, all else is left as it is. */
    static Throwable typed(Throwable fault) {
        return isOutage(fault) && !(fault instanceof StoreUnavailable)
                ? new StoreUnavailable(String.valueOf(fault.getMessage()), fault)
                : fault;
    }
}
