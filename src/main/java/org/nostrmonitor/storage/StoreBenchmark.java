package org.nostrmonitor.storage;

import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;

/** How many results a second are stored, with all that follows from them, and what a row of each table takes on disk. */
public final class StoreBenchmark {
    private static final String SIZES = """
            SELECT t.name, sum(pg_table_size(p.oid))::bigint AS heap, sum(pg_indexes_size(p.oid))::bigint AS indexes,
                sum(greatest(p.reltuples, 0))::bigint AS rows
            FROM unnest(ARRAY['relay_results', 'relay_hourly', 'relay_daily', 'relay_strips', 'relay_incidents',
                'relay_current', 'relay_summary', 'discovery_events']) AS t (name)
            CROSS JOIN LATERAL (SELECT relid FROM pg_partition_tree(t.name) WHERE isleaf
                UNION SELECT t.name::regclass) AS tree
            JOIN pg_class p ON p.oid = tree.relid AND p.relkind = 'r'
            GROUP BY t.name ORDER BY heap DESC""";

    private static final String WAL = "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint AS bytes";

    private final Database database;
    private final BenchSize size;

    public StoreBenchmark(Database database, BenchSize size) {
        this.database = database;
        this.size = size;
    }

    /**
     * @param perSecond results stored a second
     * @param p50Millis from the call to the commit, with 400 waiting at a time
     * @param walBytes of the write-ahead log for each result
     * @param tables by name
     */
    public record Result(
            double perSecond, double p50Millis, double p99Millis, long walBytes, Map<String, TableSize> tables) {}

    /** Bytes of the rows and of the indexes, on disk. */
    public record TableSize(long rows, long heapBytes, long indexBytes) {}

    /** Completes after so many seconds, and those that it takes to look how large the tables are. */
    public Future<Result> run(int seconds) {
        BenchWriter writer = new BenchWriter(database, size);
        return wal().compose(before -> {
            long begun = System.nanoTime();
            writer.start(0);
            return database.vertx()
                    .timer(seconds, java.util.concurrent.TimeUnit.SECONDS)
                    .compose(over -> writer.stop())
                    .compose(stopped -> {
                        double took = (System.nanoTime() - begun) / 1e9;
                        return wal().compose(after -> tables().map(tables -> new Result(
                                writer.stored() / took,
                                writer.millis(0.5),
                                writer.millis(0.99),
                                (after - before) / Math.max(1, writer.stored()),
                                tables)));
                    });
        });
    }

    private Future<Long> wal() {
        return database.run(WAL).map(rows -> rows.iterator().next().getLong("bytes"));
    }

    private Future<Map<String, TableSize>> tables() {
        return database.run(SIZES).map(rows -> {
            Map<String, TableSize> tables = new LinkedHashMap<>();
            rows.forEach(row -> tables.put(
                    row.getString("name"),
                    new TableSize(row.getLong("rows"), row.getLong("heap"), row.getLong("indexes"))));
            return tables;
        });
    }
}
