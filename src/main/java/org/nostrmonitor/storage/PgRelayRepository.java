package org.nostrmonitor.storage;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.RelayUrl;

/** The table {@code relays}. */
public final class PgRelayRepository implements RelayRepository {
    private static final int AT_ONCE = 5000;

    /** In the order of URLs, so that two nodes that import the same list wait for one another and do not deadlock. */
    private static final String ADD = """
            WITH made AS (
                INSERT INTO relays (url, host, network, source)
                SELECT url, host, network, $4
                FROM unnest($1::text[], $2::text[], $3::smallint[]) AS given (url, host, network)
                WHERE NOT EXISTS (SELECT 1 FROM relays known WHERE known.url = given.url)
                ORDER BY url
                ON CONFLICT (url) DO NOTHING
                RETURNING id, url, network, added_at),
            shown AS (
                INSERT INTO relay_summary (relay_id, url, network, since, search)
                SELECT id, url, network, added_at, lower(url) FROM made)
            SELECT count(*)::integer AS added FROM made""";

    private static final String SELECT = """
            SELECT r.id, r.url, coalesce(c.state, 0::smallint) AS state, c.write_tested_at
            FROM relays r
            LEFT JOIN relay_current c ON c.relay_id = r.id AND c.region = (SELECT id FROM regions WHERE name = $1)
            """;
    private static final String ENABLED_AFTER = SELECT + "WHERE r.enabled AND r.id > $2 ORDER BY r.id LIMIT $3";
    private static final String FIND = SELECT + "WHERE r.url = $2";

    private final Database database;

    public PgRelayRepository(Database database) {
        this.database = database;
    }

    @Override
    public Future<Added> add(Collection<RelayUrl> relays, String source) {
        List<RelayUrl> distinct = relays.stream().distinct().sorted().toList();
        return addFrom(distinct, 0, source, 0).map(added -> new Added(added, distinct.size() - added));
    }

    private Future<Integer> addFrom(List<RelayUrl> relays, int from, String source, int added) {
        if (from >= relays.size()) {
            return Future.succeededFuture(added);
        }
        int to = Math.min(from + AT_ONCE, relays.size());
        return addSome(relays.subList(from, to), source).compose(some -> addFrom(relays, to, source, added + some));
    }

    private Future<Integer> addSome(List<RelayUrl> relays, String source) {
        return database.run(
                        ADD,
                        Columns.texts(relays, RelayUrl::value),
                        Columns.texts(relays, RelayUrl::host),
                        Columns.shorts(relays, relay -> (short) relay.network().code()),
                        source)
                .map(rows -> rows.iterator().next().getInteger("added"));
    }

    @Override
    public Future<List<KnownRelay>> enabledAfter(int afterId, int most, String region) {
        return database.run(ENABLED_AFTER, region, afterId, most).map(rows -> {
            List<KnownRelay> relays = new ArrayList<>(rows.size());
            rows.forEach(row -> relays.add(relay(row)));
            return relays;
        });
    }

    @Override
    public Future<@Nullable KnownRelay> find(RelayUrl relay, String region) {
        return database.run(FIND, region, relay.value()).map(rows -> {
            Iterator<Row> row = rows.iterator();
            return row.hasNext() ? relay(row.next()) : null;
        });
    }

    private static KnownRelay relay(Row row) {
        Instant writeTestedAt = Columns.instant(row, "write_tested_at");
        return new KnownRelay(
                row.getInteger("id"), RelayUrl.of(row.getString("url")), Codes.state(row, "state"), writeTestedAt);
    }
}
