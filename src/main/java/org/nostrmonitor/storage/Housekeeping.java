package org.nostrmonitor.storage;

import io.vertx.core.Future;
import java.time.LocalDate;

/** What keeps the database in shape. Every method may be called by several nodes at the same time. */
public interface Housekeeping {
    /** Makes the daily partitions of results from the first to the last day, UTC, both included. Completes with how many were new. */
    Future<Integer> makePartitions(LocalDate first, LocalDate last);

    /** Drops the partitions of days before this one. Completes with how many. */
    Future<Integer> dropPartitions(LocalDate before);

    /** Removes documents that nothing points to any more, and cycles before this day. Completes with how many rows. */
    Future<Integer> removeOrphans(LocalDate cyclesBefore);

    /** Lets PostgreSQL refresh the statistics of the tables that change most. */
    Future<Void> analyze();

    /** Bytes on disk. */
    Future<Long> databaseSize();
}
