package org.nostrmonitor.storage;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the relays of the {@link Directory}: all of them page by page, or those that were written since. */
final class DirectoryReader {
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryReader.class);

    /** So many rows keep an event loop busy for a few milliseconds. */
    private static final int PAGE = 2_000;

    /** Where more were removed, all is read again. */
    private static final int MOST_REMOVED = 10_000;

    /** Instead of an id: the table was emptied. */
    private static final int EVERYTHING = 0;

    private static final String NOW = "SELECT pg_current_snapshot()::text AS snapshot";

    private static final String ALL = "SELECT " + ViewSql.ITEM_COLUMNS
            + " FROM relay_summary s WHERE s.relay_id > $1 ORDER BY s.relay_id LIMIT $2";

    /**
     * After a restore from a dump the numbers of the old server's transactions are in the future. Those rows were read with all
     * others, and are seen again when they are written again.
     */
    private static final String CHANGES = """
            WITH now AS (
                SELECT pg_current_snapshot()::text AS snapshot, ARRAY(
                    SELECT relay_id FROM relays_removed
                    WHERE writer >= $1 AND NOT pg_visible_in_snapshot(writer::text::xid8, $2::text::pg_snapshot)
                    ORDER BY relay_id LIMIT $6) AS removed),
            c AS (
                SELECT s.writer, $ITEM_COLUMNS FROM relay_summary s
                WHERE (s.writer, s.relay_id) > ($3, $4)
                    AND s.writer < pg_snapshot_xmax(pg_current_snapshot())::text::bigint
                    AND NOT pg_visible_in_snapshot(s.writer::text::xid8, $2::text::pg_snapshot)
                ORDER BY s.writer, s.relay_id LIMIT $5)
            SELECT now.snapshot, now.removed, c.* FROM now LEFT JOIN c ON false
            UNION ALL SELECT NULL, NULL, c.* FROM c ORDER BY writer NULLS FIRST, relay_id""".replace("$ITEM_COLUMNS", ViewSql.ITEM_COLUMNS);

    private final Database database;

    DirectoryReader(Database database) {
        this.database = database;
    }

    /**
     * What was written since a moment, or until then.
     *
     * @param snapshot what PostgreSQL showed when it began to be read, in its words
     * @param written each relay once, as it was then or later
     * @param removed their ids; what is in both lists is no more
     * @param anew whether all has to be read again: very many were removed, or the server is another one, restored from a
     *     dump
     */
    record Changes(String snapshot, Collection<Listed> written, Set<Integer> removed, boolean anew) {
        boolean isNone() {
            return written.isEmpty() && removed.isEmpty();
        }
    }

    /** All relays. First the snapshot: what changes while their pages are read is read again by {@link #since}. */
    Future<Changes> all() {
        return database.run(NOW).compose(now -> {
            String snapshot = now.iterator().next().getString("snapshot");
            return page(new ArrayList<>(), 0).map(all -> new Changes(snapshot, all, Set.of(), false));
        });
    }

    private Future<List<Listed>> page(List<Listed> all, int after) {
        return database.run(ALL, after, PAGE).compose(rows -> {
            int last = after;
            for (Row row : rows) {
                last = row.getInteger("relay_id");
                read(row).ifPresent(all::add);
            }
            return rows.size() < PAGE ? Future.succeededFuture(all) : page(all, last);
        });
    }

    /** Empty if nobody of this version can read it: that should cost one relay its place, and not all. */
    private static Optional<Listed> read(Row row) {
        try {
            return Optional.of(Listed.of(row));
        } catch (IllegalArgumentException unknown) {
            LOG.warn(
                    "relay {} is in no list, its row cannot be read: {}",
                    row.getInteger("relay_id"),
                    unknown.getMessage());
            return Optional.empty();
        }
    }

    /** What was written after a snapshot, and is not to be seen in it. */
    Future<Changes> since(String snapshot) {
        return page(snapshot, new Pages(Snapshot.parse(snapshot).first())).map(Pages::changes);
    }

    private Future<Pages> page(String before, Pages pages) {
        return database.run(CHANGES, pages.first, before, pages.writer, pages.relayId, PAGE, MOST_REMOVED + 1)
                .compose(rows -> pages.add(rows) < PAGE ? Future.succeededFuture(pages) : page(before, pages));
    }

    /** The pages so far, and after which row the next begins. */
    private static final class Pages {
        final long first;
        private final Map<Integer, Optional<Listed>> written = new HashMap<>();
        private final Set<Integer> removed = new HashSet<>();
        private String snapshot = "";
        long writer;
        int relayId;

        /** @param first the lowest transaction that may have written something new */
        Pages(long first) {
            this.first = first;
            this.writer = first;
        }

        /** The number of relays in it. */
        int add(RowSet<Row> rows) {
            int relays = 0;
            for (Row row : rows) {
                if (row.getLong("writer") == null) {
                    snapshot = snapshot.isEmpty() ? row.getString("snapshot") : snapshot;
                    removed.addAll(List.of(row.getArrayOfIntegers("removed")));
                } else {
                    writer = row.getLong("writer");
                    relayId = row.getInteger("relay_id");
                    written.put(relayId, read(row));
                    relays++;
                }
            }
            return relays;
        }

        Changes changes() {
            // No server forgets how many transactions it had.
            boolean isAnother = Snapshot.parse(snapshot).next() < first;
            List<Listed> readable =
                    written.values().stream().flatMap(Optional::stream).toList();
            written.forEach((id, relay) -> {
                if (relay.isEmpty()) {
                    removed.add(id);
                }
            });
            boolean anew = isAnother || removed.contains(EVERYTHING) || removed.size() > MOST_REMOVED;
            return new Changes(snapshot, readable, removed, anew);
        }
    }
}
