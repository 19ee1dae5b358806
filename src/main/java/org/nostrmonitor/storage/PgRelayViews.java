package org.nostrmonitor.storage;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.RelayUrl;

/** The read model, as pages want it. */
public final class PgRelayViews implements RelayViews {
    private static final int MAX_PAGE = 200;

    private final Database database;
    private final Directory directory;
    private final ListView list;
    private final OverviewView overview;
    private final DetailView detail;

    public PgRelayViews(Database database, InstantSource clock) {
        this.database = database;
        Strips strips = new Strips(database, clock);
        this.directory = new Directory(database, clock);
        this.list = new ListView(directory, strips);
        this.overview = new OverviewView(database, strips);
        this.detail = new DetailView(database, strips, clock);
    }

    @Override
    public Future<Overview> overview() {
        return overview.read();
    }

    @Override
    public Future<@Nullable Detail> relay(RelayUrl url) {
        return detail.read(url);
    }

    @Override
    public Future<Boolean> isKnown(RelayUrl url) {
        return database.run(ViewSql.IS_KNOWN, url.value())
                .map(rows -> rows.iterator().next().getBoolean("known"));
    }

    @Override
    public Future<Family> family(RelayUrl url) {
        Future<RowSet<Row>> of = database.run(ViewSql.ALIAS_OF, url.value());
        Future<RowSet<Row>> aliases = database.run(ViewSql.ALIASES_OF, url.value());
        return Future.all(of, aliases).map(both -> ViewRows.family(of.result(), aliases.result()));
    }

    @Override
    public Future<List<Result>> results(RelayUrl url, @Nullable String region, @Nullable Instant before, int most) {
        Object time = before == null ? null : Columns.time(before);
        return database.run(ViewSql.RESULTS, url.value(), region, time, bounded(most))
                .map(rows -> {
                    List<Result> results = new ArrayList<>(rows.size());
                    rows.forEach(row -> results.add(ViewRows.result(row)));
                    return results;
                });
    }

    @Override
    public Future<Page> relays(Query query) {
        return list.read(query);
    }

    @Override
    public Future<Page> part(Query query) {
        return list.readPart(query);
    }

    @Override
    public Future<Void> keepCurrent() {
        return directory.keepCurrent();
    }

    private static int bounded(int most) {
        return Math.max(1, Math.min(most, MAX_PAGE));
    }
}
