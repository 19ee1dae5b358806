package org.nostrmonitor.storage;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Who does what only one node may do. One holder at a time, by PostgreSQL's clock; each change of holder is a new term, a
 * higher number, by which what an earlier holder still writes is told apart and refused.
 */
public interface Leadership {
    /** Who plans the cycles. */
    String SCHEDULER = "scheduler";

    /** Who reads what other monitors publish. */
    String DISCOVERY = "discovery";

    /**
     * Takes the role if it is free or its lease has run out, or keeps it if it is ours; from now on for so long. Completes
     * with our term, or empty while somebody else holds it. Fails if PostgreSQL does not answer within five seconds: then it
     * is not known whether the role was taken.
     *
     * @param holder names one process, unlike any other's also after a restart
     * @param lease at least a millisecond
     */
    Future<OptionalLong> hold(String role, String holder, Duration lease);

    /** Gives the role up at once if it is ours, so that nobody has to wait for the end of the lease. */
    Future<Void> resign(String role, String holder);
}
