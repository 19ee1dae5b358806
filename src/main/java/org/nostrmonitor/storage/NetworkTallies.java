package org.nostrmonitor.storage;

import io.vertx.core.Future;
import java.time.LocalDate;

/**
 * Counts what relays that are up have in common, every ten minutes; of each day the last count stays. Several nodes may do so
 * at the same time: one counts, and the others find it counted.
 */
final class NetworkTallies {
    private final Database database;

    NetworkTallies(Database database) {
        this.database = database;
    }

    /** Counts anew, unless that was done a while ago by whomever. */
    Future<Void> refresh() {
        return database.run(StatisticsSql.TALLIES_FRESH)
                .compose(rows -> rows.iterator().next().getBoolean("fresh") ? Future.succeededFuture() : count());
    }

    private Future<Void> count() {
        return database.transaction(connection -> Database.run(connection, StatisticsSql.TALLY_TURN)
                .compose(turn -> Database.run(connection, StatisticsSql.TALLIES_FRESH))
                .compose(rows -> rows.iterator().next().getBoolean("fresh")
                        ? Future.succeededFuture()
                        : Database.run(connection, StatisticsSql.FORGET_TODAY)
                                .compose(forgotten -> Database.run(connection, StatisticsSql.TALLY))
                                .<Void>mapEmpty()));
    }

    /** Forgets days before this one, and hours of how many relays were in each state. Completes with how many rows. */
    Future<Integer> forget(LocalDate before) {
        return database.run(StatisticsSql.FORGET_TALLIES, before)
                .compose(tallies -> database.run(StatisticsSql.FORGET_TALLY_DAYS, before)
                        .compose(days -> database.run(StatisticsSql.FORGET_HOURS, before)
                                .map(hours -> tallies.rowCount() + days.rowCount() + hours.rowCount())));
    }
}
