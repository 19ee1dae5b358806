package org.nostrmonitor.storage;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.nostrmonitor.nostr.EventJson;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.nostr.ProtocolException;
import org.nostrmonitor.relay.RelayUrl;

/** The columns {@code pending} and {@code deliveries} of {@code discovery_events} and {@code announcements}. */
public final class PgOutbox implements Outbox {
    /** {@code pending <> '{}'} lets the planner take the partial index. */
    private static final String PENDING_IDS = """
            SELECT event_id FROM (
                (SELECT stored_at, event_id FROM announcements
                 WHERE pending @> ARRAY[$1::text] AND pending <> '{}' AND event_id <> ALL ($3::text[]))
                UNION ALL
                (SELECT stored_at, event_id FROM discovery_events
                 WHERE pending @> ARRAY[$1::text] AND pending <> '{}' AND event_id <> ALL ($3::text[])
                 ORDER BY stored_at, event_id LIMIT $2)) AS waiting
            ORDER BY stored_at, event_id LIMIT $2""";

    private static final String PENDING = """
            SELECT coalesce(d.event, a.event)::text AS event
            FROM unnest($2::text[]) WITH ORDINALITY AS wanted (event_id, place)
            LEFT JOIN discovery_events d ON d.event_id = wanted.event_id AND d.pending @> ARRAY[$1::text]
            LEFT JOIN announcements a ON a.event_id = wanted.event_id AND a.pending @> ARRAY[$1::text]
            WHERE d.event_id IS NOT NULL OR a.event_id IS NOT NULL
            ORDER BY place""";

    /** Rows are locked in one order, like everywhere. */
    private static final String SETTLED = """
            WITH given AS (
                SELECT event_id, jsonb_build_object($1::text, jsonb_build_array(
                    answer, floor(extract(epoch FROM now()))::bigint, said)) AS delivery
                FROM unnest($2::text[], $3::text[], $4::text[]) AS word (event_id, answer, said)),
            mine AS (
                SELECT relay_id, pubkey, event_id FROM discovery_events
                WHERE event_id = ANY ($2::text[]) AND pending @> ARRAY[$1::text]
                ORDER BY relay_id FOR UPDATE),
            own AS (
                SELECT pubkey, kind, event_id FROM announcements
                WHERE event_id = ANY ($2::text[]) AND pending @> ARRAY[$1::text]
                ORDER BY pubkey, kind FOR UPDATE),
            discoveries AS (
                UPDATE discovery_events d
                SET pending = array_remove(pending, $1::text), deliveries = deliveries || delivery
                FROM mine JOIN given USING (event_id)
                WHERE d.relay_id = mine.relay_id AND d.pubkey = mine.pubkey AND d.event_id = mine.event_id)
            UPDATE announcements a
            SET pending = array_remove(pending, $1::text), deliveries = deliveries || delivery
            FROM own JOIN given USING (event_id)
            WHERE a.pubkey = own.pubkey AND a.kind = own.kind AND a.event_id = own.event_id""";

    private static final String DEPTH = """
            SELECT target, count(*)::integer AS events FROM (
                SELECT unnest(pending) AS target FROM discovery_events WHERE pending <> '{}'
                UNION ALL SELECT unnest(pending) FROM announcements) AS waiting
            GROUP BY target""";
    private static final String ANNOUNCE = """
            INSERT INTO announcements (pubkey, kind, event_id, created_at, event, pending)
            VALUES ($1, $2, $3, $4, $5::text::json, ARRAY(SELECT jsonb_array_elements_text($6::text::jsonb)))
            ON CONFLICT (pubkey, kind, subject) DO UPDATE
            SET event_id = EXCLUDED.event_id, created_at = EXCLUDED.created_at, event = EXCLUDED.event,
                pending = EXCLUDED.pending, deliveries = '{}', stored_at = now()
            WHERE announcements.created_at < EXCLUDED.created_at""";
    /** The address is {@code kind:pubkey:d}, NIP-01. */
    private static final String RETRACT = """
            WITH discoveries AS (
                DELETE FROM discovery_events d USING relays r
                WHERE $4 = '30166:' || $1 || ':' || r.url AND r.url = substr($4, length('30166:' || $1 || ':') + 1)
                  AND d.relay_id = r.id AND d.pubkey = $1 AND d.created_at <= $3),
            mine AS (
                DELETE FROM announcements
                WHERE $4 = kind || ':' || pubkey || ':' AND pubkey = $1 AND kind = 10166 AND created_at <= $3)
            INSERT INTO announcements (pubkey, kind, event_id, created_at, subject, event, pending)
            VALUES ($1, 5, $2, $3, $4, $5::text::json, ARRAY(SELECT jsonb_array_elements_text($6::text::jsonb)))
            ON CONFLICT (pubkey, kind, subject) DO UPDATE
            SET event_id = EXCLUDED.event_id, created_at = EXCLUDED.created_at, event = EXCLUDED.event,
                pending = EXCLUDED.pending, deliveries = '{}', stored_at = now()
            WHERE announcements.created_at < EXCLUDED.created_at""";

    private static final String ANNOUNCEMENTS =
            "SELECT event::text AS event FROM announcements WHERE pubkey = $1 ORDER BY kind, subject";
    private static final String DISCOVERIES = """
            SELECT event::text AS event FROM discovery_events
            WHERE relay_id = (SELECT id FROM relays WHERE url = $1) ORDER BY pubkey""";
    private static final String DELIVERIES = """
            SELECT event::text AS event, stored_at, pending, deliveries FROM discovery_events
            WHERE relay_id = (SELECT id FROM relays WHERE url = $1) ORDER BY pubkey""";

    private final Database database;

    public PgOutbox(Database database) {
        this.database = database;
    }

    @Override
    public Future<List<String>> pendingIds(RelayUrl target, int most, Collection<String> exceptIds) {
        return database.run(PENDING_IDS, target.value(), most, exceptIds.toArray(String[]::new))
                .map(rows -> {
                    List<String> ids = new ArrayList<>(rows.size());
                    rows.forEach(row -> ids.add(row.getString("event_id")));
                    return ids;
                });
    }

    @Override
    public Future<List<NostrEvent>> pending(RelayUrl target, List<String> ids) {
        return database.run(PENDING, target.value(), ids.toArray(String[]::new)).map(PgOutbox::events);
    }

    @Override
    public Future<Void> settled(RelayUrl target, Collection<LastWord> words) {
        List<LastWord> list = List.copyOf(words);
        return database.run(
                        SETTLED,
                        target.value(),
                        Columns.texts(list, LastWord::eventId),
                        Columns.texts(list, LastWord::answer),
                        Columns.texts(list, LastWord::text))
                .mapEmpty();
    }

    @Override
    public Future<Map<String, Integer>> depth() {
        return database.run(DEPTH).map(rows -> {
            Map<String, Integer> depth = new HashMap<>();
            rows.forEach(row -> depth.put(row.getString("target"), row.getInteger("events")));
            return depth;
        });
    }

    @Override
    public Future<Boolean> announce(NostrEvent event, List<RelayUrl> targets) {
        return database.run(
                        ANNOUNCE,
                        event.pubkey(),
                        event.kind(),
                        event.id(),
                        event.createdAt(),
                        EventJson.write(event),
                        urls(targets))
                .map(rows -> rows.rowCount() == 1);
    }

    @Override
    public Future<Boolean> retract(NostrEvent request, List<RelayUrl> targets) {
        String address = request.tag("a")
                .orElseThrow(() -> new IllegalArgumentException("a deletion request without an address"));
        return database.run(
                        RETRACT,
                        request.pubkey(),
                        request.id(),
                        request.createdAt(),
                        address,
                        EventJson.write(request),
                        urls(targets))
                .map(rows -> rows.rowCount() == 1);
    }

    /** As JSON text: an array of arrays of different lengths is nothing that UNNEST takes. */
    static String urls(List<RelayUrl> targets) {
        return new JsonArray(targets.stream().map(RelayUrl::value).distinct().toList()).encode();
    }

    @Override
    public Future<List<NostrEvent>> announcements(String pubkey) {
        return database.run(ANNOUNCEMENTS, pubkey).map(PgOutbox::events);
    }

    @Override
    public Future<List<NostrEvent>> discoveries(RelayUrl relay) {
        return database.run(DISCOVERIES, relay.value()).map(PgOutbox::events);
    }

    @Override
    public Future<List<Published>> deliveries(RelayUrl relay) {
        return database.run(DELIVERIES, relay.value()).map(rows -> {
            List<Published> events = new ArrayList<>(rows.size());
            rows.forEach(row -> events.add(published(row)));
            return events;
        });
    }

    private static Published published(Row row) {
        Map<RelayUrl, Published.Delivery> deliveries = new HashMap<>();
        row.getJsonObject("deliveries")
                .forEach(said -> deliveries.put(RelayUrl.of(said.getKey()), delivery((JsonArray) said.getValue())));
        return new Published(
                event(row.getString("event")),
                Columns.when(row, "stored_at"),
                Stream.of(row.getArrayOfStrings("pending")).map(RelayUrl::of).toList(),
                deliveries);
    }

    private static Published.Delivery delivery(JsonArray said) {
        return new Published.Delivery(said.getString(0), Instant.ofEpochSecond(said.getLong(1)), said.getString(2));
    }

    private static List<NostrEvent> events(RowSet<Row> rows) {
        List<NostrEvent> events = new ArrayList<>(rows.size());
        rows.forEach(row -> events.add(event(row.getString("event"))));
        return events;
    }

    private static NostrEvent event(String json) {
        try {
            return EventJson.parse(json);
        } catch (ProtocolException e) {
            throw new IllegalStateException("a stored event cannot be read", e);
        }
    }
}
