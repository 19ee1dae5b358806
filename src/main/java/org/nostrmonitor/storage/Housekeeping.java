package org.nostrmonitor.storage;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;

/** What keeps the database in shape. Every method may be called by several nodes at the same time. */
public interface Housekeeping {
    /**
     * Makes the daily partitions of results and of the hours from the first to the last day, UTC, both included. Completes
     * with the number of days that something was made for.
     */
    Future<Integer> makePartitions(LocalDate first, LocalDate last);

    /**
     * How many days from today on have all their partitions: 0 if today has not, and results have to be stored in one that
     * is made for them.
     */
    Future<Integer> daysAhead(LocalDate today);

    /** Drops the partitions of results of days before this one. Completes with how many. */
    Future<Integer> dropPartitions(LocalDate before);

    /** Drops the hours of days before this one, if their days are rolled up. Completes with how many days. */
    Future<Integer> dropHours(LocalDate before);

    /**
     * Drops the months of days that are all before this one, incidents that ended before it, and what was counted of the
     * network before it. Completes with how many.
     */
    Future<Integer> dropDays(LocalDate before);

    /**
     * Makes daily figures of the weeks that are over. Completes with how many weeks; what is left when it has taken some
     * minutes is left for the next time. Who asks while it is going on in this process waits for that.
     */
    Future<Integer> rollUp(LocalDate today);

    /** Counts relays by state, place, software and more, for the pages, unless that was done a moment ago. */
    Future<Void> countNetwork();

    /** Removes documents that nothing points to any more, and cycles before this day. Completes with how many rows. */
    Future<Integer> removeOrphans(LocalDate cyclesBefore);

    /** Removes what other monitors said before then, and monitors silent since. Completes with how many rows. */
    Future<Integer> forgetMonitors(Instant before);

    /** Lets PostgreSQL refresh the statistics of the tables that change most. */
    Future<Void> analyze();

    /** Bytes on disk. */
    Future<Long> databaseSize();
}
