package org.nostrmonitor.storage;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.InvalidRelayUrl;
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

    private static final String COLUMNS = """
            SELECT r.id, r.url, coalesce(c.state, 0::smallint) AS state, c.since, c.cycle AS last_cycle, c.checked_at,
                c.read_passed_at, c.write_tested_at, c.nip11_tested_at,
                c.capabilities_tested_at, r.priority > 0 AS first""";

    /** Hosts in an order that has nothing to do with their names, so that those of one provider do not come together. */
    private static final String CANDIDATES = COLUMNS + """
            , x.relay_id IS NOT NULL AS stored, r.alias_of IS NOT NULL AS alias
            FROM relays r
            LEFT JOIN relay_current c ON c.relay_id = r.id AND c.region = $1::smallint
            LEFT JOIN relay_results x ON x.relay_id = r.id AND x.region = $1::smallint AND x.cycle = $2::timestamptz
            WHERE x.relay_id IS NOT NULL OR (r.enabled AND r.added_at <= (
                SELECT started_at FROM cycles WHERE region = $1::smallint AND cycle = $2::timestamptz))
            ORDER BY hashtext(r.host), r.host, x.relay_id IS NULL, c.checked_at NULLS FIRST, r.id""";

    private static final String COUNT_ENABLED = "SELECT count(*)::integer AS enabled FROM relays WHERE enabled";
    private static final String FIND = COLUMNS + """

            FROM relays r
            LEFT JOIN relay_current c ON c.relay_id = r.id AND c.region = (SELECT id FROM regions WHERE name = $1)
            WHERE r.url = $2 AND r.opted_out_at IS NULL""";

    private final Database database;
    private final Regions regions;
    private final InvalidStored invalid = new InvalidStored();

    public PgRelayRepository(Database database) {
        this.database = database;
        this.regions = new Regions(database);
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
    public Future<Void> candidates(
            String region, Instant cycle, int page, Function<List<Candidate>, Future<Void>> each) {
        return regions.number(region)
                .compose(number -> database.readPages(
                        CANDIDATES, Tuple.of(number, Columns.time(cycle)), page, rows -> each.apply(candidates(rows))));
    }

    private List<Candidate> candidates(RowSet<Row> rows) {
        List<Candidate> candidates = new ArrayList<>(rows.size());
        for (Row row : rows) {
            try {
                candidates.add(new Candidate(relay(row), row.getBoolean("stored"), row.getBoolean("alias")));
            } catch (InvalidRelayUrl e) {
                invalid.say(row.getInteger("id"), e);
            }
        }
        return candidates;
    }

    @Override
    public Future<@Nullable KnownRelay> find(RelayUrl relay, String region) {
        return database.run(FIND, region, relay.value()).map(rows -> {
            Iterator<Row> row = rows.iterator();
            return row.hasNext() ? relay(relay, row.next()) : null;
        });
    }

    @Override
    public Future<Integer> countEnabled() {
        return database.run(COUNT_ENABLED).map(rows -> rows.iterator().next().getInteger("enabled"));
    }

    private static KnownRelay relay(Row row) throws InvalidRelayUrl {
        return relay(RelayUrl.parse(row.getString("url")), row);
    }

    private static KnownRelay relay(RelayUrl url, Row row) {
        return new KnownRelay(
                row.getInteger("id"),
                url,
                Codes.state(row, "state"),
                Columns.instant(row, "since"),
                Columns.instant(row, "last_cycle"),
                Columns.instant(row, "checked_at"),
                Columns.instant(row, "read_passed_at"),
                Columns.instant(row, "write_tested_at"),
                Columns.instant(row, "nip11_tested_at"),
                Columns.instant(row, "capabilities_tested_at"),
                row.getBoolean("first"));
    }
}
