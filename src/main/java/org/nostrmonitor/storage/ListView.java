package org.nostrmonitor.storage;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.storage.RelayViews.InvalidCursor;
import org.nostrmonitor.storage.RelayViews.Item;
import org.nostrmonitor.storage.RelayViews.Page;
import org.nostrmonitor.storage.RelayViews.Query;
import org.nostrmonitor.storage.Strips.Drawn;

/** A page of the list, by keyset: what has no sort key comes after all that have one, in a walk of its own. */
final class ListView {
    private static final int MAX_PAGE = 200;

    private final Database database;
    private final Strips strips;

    ListView(Database database, Strips strips) {
        this.database = database;
        this.strips = strips;
    }

    /** Fails with {@link InvalidCursor} if its cursor is none. */
    Future<Page> read(Query query) {
        return having(query).compose(having -> read(query, having.orElse(null)));
    }

    private Future<Page> read(Query query, Integer @Nullable [] having) {
        Future<Rows> rows = rows(query, having);
        // What a search finds little of is not looked for twice; all else is counted meanwhile.
        Future<Integer> counted = query.text().isBlank()
                ? count(query, having)
                : rows.compose(found -> found.isAll(query) ? Future.succeededFuture(0) : count(query, having));
        Future<Map<Integer, Drawn>> drawn = rows.compose(found -> strips.ofRelays(
                found.shown.stream().map(row -> row.getInteger("relay_id")).toList()));
        return Future.all(counted, drawn)
                .map(both -> page(
                        rows.result().items(row -> Strips.of(drawn.result(), row.getInteger("relay_id"))),
                        rows.result().isAll(query) ? rows.result().shown.size() : counted.result(),
                        ListSql.mostCounted(query, having),
                        rows.result().next(query)));
    }

    private Future<Integer> count(Query query, Integer @Nullable [] having) {
        return run(ListSql.count(query, having)).map(counted -> counted.get(0).getInteger("total"));
    }

    /** Without strips, and without counting what matches: for whoever wants all of it. */
    Future<Page> readPart(Query query) {
        return having(query).compose(having -> rows(query, having.orElse(null))).map(rows -> {
            List<Item> items = rows.items(row -> Drawn.NOT);
            return new Page(items, items.size(), false, rows.next(query));
        });
    }

    private static Page page(List<Item> items, int counted, int most, @Nullable String next) {
        return new Page(items, Math.min(counted, most), counted <= most, next);
    }

    /** One row more than the page is asked for tells whether there is a next one. */
    private record Rows(List<Row> shown, boolean more) {
        static Rows of(List<Row> read, int most) {
            return new Rows(read.size() > most ? read.subList(0, most) : read, read.size() > most);
        }

        /** Whether nothing is before this page, and nothing after it. */
        boolean isAll(Query query) {
            return query.cursor() == null && !more;
        }

        List<Item> items(Function<Row, Drawn> drawn) {
            return shown.stream()
                    .map(row -> ViewRows.item(row, drawn.apply(row)))
                    .toList();
        }

        @Nullable
        String next(Query query) {
            if (!more) {
                return null;
            }
            Row last = shown.get(shown.size() - 1);
            return new Cursor(last.getString("place"), last.getInteger("relay_id")).write(query);
        }
    }

    private Future<Rows> rows(Query query, Integer @Nullable [] having) {
        int most = Math.max(1, Math.min(query.most(), MAX_PAGE));
        Cursor after;
        try {
            after = query.cursor() == null ? null : Cursor.read(query.cursor(), query);
        } catch (InvalidCursor e) {
            return Future.failedFuture(e);
        }
        if (after != null && after.place() == null) {
            return run(ListSql.unknown(query, after, most + 1, having)).map(rows -> Rows.of(rows, most));
        }
        return run(ListSql.known(query, after, most + 1, having))
                .compose(rows -> withUnknown(query, rows, most + 1, having))
                .map(rows -> Rows.of(rows, most));
    }

    private Future<List<Row>> withUnknown(Query query, List<Row> known, int most, Integer @Nullable [] having) {
        if (known.size() >= most || SortKey.of(query.sort()).known() == null) {
            return Future.succeededFuture(known);
        }
        return run(ListSql.unknown(query, null, most - known.size(), having)).map(rest -> {
            known.addAll(rest);
            return known;
        });
    }

    /** The relays that have the text that is searched for; none if they are many, or no text is. */
    private Future<Optional<Integer[]>> having(Query query) {
        ListSql.Statement having = ListSql.having(query);
        return having == null
                ? Future.succeededFuture(Optional.empty())
                : run(having).map(found -> Optional.ofNullable(found.get(0).getArrayOfIntegers("having")));
    }

    private Future<List<Row>> run(ListSql.Statement statement) {
        return database.runOnce(statement.sql(), statement.values()).map(ListView::list);
    }

    private static List<Row> list(RowSet<Row> rows) {
        List<Row> list = new ArrayList<>(rows.size());
        rows.forEach(list::add);
        return list;
    }
}
