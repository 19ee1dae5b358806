package org.nostrmonitor.storage;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.RelayUrl;

/** The read model, as pages want it. */
public final class PgRelayViews implements RelayViews {
    private static final int MAX_PAGE = 200;

    private final Database database;
    private final Strips strips;
    private final OverviewView overview;
    private final DetailView detail;

    public PgRelayViews(Database database, InstantSource clock) {
        this.database = database;
        this.strips = new Strips(database, clock);
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
        Cursor after;
        try {
            after = query.cursor() == null ? null : Cursor.read(query.cursor(), query);
        } catch (InvalidCursor e) {
            return Future.failedFuture(e);
        }
        Future<Integer> total = database.run(ViewSql.TOTAL, filter(query))
                .map(rows -> rows.iterator().next().getInteger("total"));
        return database.run(ViewSql.page(query.sort(), query.descending()), page(query, after))
                .compose(rows -> items(rows, bounded(query.most())))
                .compose(items -> total.map(count -> new Page(items.list(), count, items.next(query))));
    }

    private record Items(List<Item> list, @Nullable Cursor last) {
        @Nullable
        String next(Query query) {
            return last == null ? null : last.write(query);
        }
    }

    /** One row more than the page is asked for: it tells whether there is a next one. */
    private Future<Items> items(RowSet<Row> rows, int most) {
        List<Row> shown = new ArrayList<>(rows.size());
        Iterator<Row> each = rows.iterator();
        while (each.hasNext() && shown.size() < most) {
            shown.add(each.next());
        }
        Row last = each.hasNext() ? shown.get(shown.size() - 1) : null;
        Cursor next = last == null ? null : new Cursor(last.getString("place"), last.getInteger("relay_id"));
        List<Integer> ids =
                shown.stream().map(row -> row.getInteger("relay_id")).toList();
        return strips.ofRelays(ids)
                .map(drawn -> new Items(
                        shown.stream()
                                .map(row -> ViewRows.item(row, Strips.of(drawn, row.getInteger("relay_id"))))
                                .toList(),
                        next));
    }

    private static @Nullable Object[] filter(Query query) {
        return new @Nullable Object[] {
            pattern(query.text()),
            query.state() == null ? null : (short) query.state().code(),
            query.network() == null ? null : (short) query.network().code(),
            query.software(),
            query.nip(),
            query.writable(),
            query.aliases() == Aliases.ALL ? null : query.aliases() == Aliases.ONLY
        };
    }

    private static @Nullable Object[] page(Query query, @Nullable Cursor after) {
        List<@Nullable Object> parameters = new ArrayList<>(java.util.Arrays.asList(filter(query)));
        parameters.add(after == null ? null : after.place());
        parameters.add(after == null ? null : after.relayId());
        parameters.add(bounded(query.most()) + 1);
        return parameters.toArray();
    }

    /** What a person typed, anywhere in the text; {@code %} and {@code _} are themselves. */
    private static @Nullable String pattern(String text) {
        String wanted = text.strip().replace("\0", "");
        if (wanted.isEmpty()) {
            return null;
        }
        String literal = wanted.toLowerCase(Locale.ROOT)
                .replace("\\", "\\\\")
                .replace("%", "\\%")
                .replace("_", "\\_");
        return "%" + literal + "%";
    }

    private static int bounded(int most) {
        return Math.max(1, Math.min(most, MAX_PAGE));
    }
}
