package org.nostrmonitor.storage;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The table {@code event_index}, which a trigger keeps. */
public final class PgStoredEvents implements StoredEvents {
    private static final int PAGE = 1_000;
    private static final int ANSWER_SECONDS = 10;
    private static final String NOW = "SELECT pg_current_snapshot()::text AS snapshot";
    private static final String TEXTS =
            "SELECT event_id, event::text AS event FROM served_events WHERE event_id = ANY ($1::text[])";

    /** After a restore from a dump the numbers of the old server's transactions mean nothing: hence the hour. */
    private static final String SINCE = """
            SELECT now.snapshot, e.event_id, e.pubkey, e.kind, e.created_at, e.tags, e.writer
            FROM (SELECT pg_current_snapshot()::text AS snapshot) AS now
            LEFT JOIN LATERAL (
                SELECT * FROM event_index
                WHERE writer >= $1 AND (writer, event_id) > ($1, $2::text) AND stored_at > now() - interval '1 hour'
                ORDER BY writer, event_id LIMIT $3) AS e ON true""";

    private final Database database;

    /** @param database of {@link Database#forReading} */
    public PgStoredEvents(Database database) {
        this.database = database;
    }

    @Override
    public Future<Found> find(List<EventFilter> filters) {
        return filters.isEmpty() ? now().map(at -> new Found(List.of(), at)) : found(FilterSql.finding(filters));
    }

    private Future<Found> found(FilterSql sql) {
        return run(sql.text(), sql.parameters()).map(rows -> {
            Row row = rows.iterator().next();
            return new Found(List.of(row.getArrayOfStrings("ids")), Snapshot.parse(row.getString("snapshot")));
        });
    }

    @Override
    public Future<Long> count(List<EventFilter> filters) {
        if (filters.isEmpty()) {
            return Future.succeededFuture(0L);
        }
        FilterSql sql = FilterSql.counting(filters);
        return run(sql.text(), sql.parameters())
                .map(rows -> rows.iterator().next().getLong("events"));
    }

    @Override
    public Future<Map<String, String>> texts(Collection<String> ids) {
        return run(TEXTS, (Object) ids.toArray(String[]::new)).map(rows -> {
            Map<String, String> texts = new HashMap<>();
            rows.forEach(row -> texts.put(row.getString("event_id"), row.getString("event")));
            return texts;
        });
    }

    @Override
    public Future<Snapshot> now() {
        return run(NOW).map(PgStoredEvents::snapshot);
    }

    @Override
    public Future<Snapshot> since(Snapshot before, Function<List<EventCard>, Future<Void>> each) {
        return page(before, before.first(), "", null, each);
    }

    /** Of what became visible while the pages were read, nothing is handed over: it comes the next time. */
    private Future<Snapshot> page(
            Snapshot before,
            long writer,
            String id,
            @Nullable Snapshot first,
            Function<List<EventCard>, Future<Void>> each) {
        return run(SINCE, writer, id, PAGE).compose(rows -> {
            Snapshot seen = first == null ? snapshot(rows) : first;
            List<EventCard> cards = cards(rows);
            List<EventCard> fresh = cards.stream()
                    .filter(card -> seen.sees(card.writer()) && !before.sees(card.writer()))
                    .toList();
            Future<Void> handed = fresh.isEmpty() ? Future.succeededFuture() : each.apply(fresh);
            if (cards.size() < PAGE) {
                return handed.map(seen);
            }
            EventCard last = cards.get(cards.size() - 1);
            return handed.compose(done -> page(before, last.writer(), last.id(), seen, each));
        });
    }

    private static Snapshot snapshot(RowSet<Row> rows) {
        return Snapshot.parse(rows.iterator().next().getString("snapshot"));
    }

    private static List<EventCard> cards(RowSet<Row> rows) {
        List<EventCard> cards = new ArrayList<>();
        rows.forEach(row -> {
            if (row.getString("event_id") != null) {
                cards.add(card(row));
            }
        });
        return cards;
    }

    private static EventCard card(Row row) {
        return new EventCard(
                row.getString("event_id"),
                row.getString("pubkey"),
                row.getInteger("kind"),
                row.getLong("created_at"),
                Set.of(row.getArrayOfLongs("tags")),
                row.getLong("writer"));
    }

    private Future<RowSet<Row>> run(String sql, @Nullable Object... parameters) {
        return database.run(sql, parameters).timeout(ANSWER_SECONDS, TimeUnit.SECONDS);
    }
}
