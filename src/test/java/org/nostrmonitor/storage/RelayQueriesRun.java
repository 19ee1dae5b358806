package org.nostrmonitor.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.storage.Storage.await;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.nostr.Filter;

/**
 * How long the relay's queries take, and by which plan: the figures of docs/relay.md. Not part of the build; the number of
 * events per key and of keys come from the system properties {@code relay.events} and {@code relay.keys}.
 */
@Timeout(3600)
class RelayQueriesRun {
    private static final int EVENTS = Integer.getInteger("relay.events", 10_000);
    private static final int KEYS = Integer.getInteger("relay.keys", 1);
    private static final int ROUNDS = 50;

    @RegisterExtension
    static final Storage STORAGE = new Storage();

    /** Events as they are: a document of 1.2 KB, a few dozen tags, and what makes one relay differ from another. */
    private static final String FILL = """
            INSERT INTO discovery_events (relay_id, pubkey, event_id, created_at, event, pending)
            SELECT r.id, pubkey, event_id, created_at, json_build_object(
                'id', event_id, 'pubkey', pubkey, 'created_at', created_at, 'kind', 30166,
                'tags', (SELECT json_agg(tag) FROM (
                    SELECT json_build_array('d', 'wss://r' || r.i || '.example/') AS tag
                    UNION ALL SELECT json_build_array('n', CASE WHEN r.i %% 10 = 0 THEN 'tor' ELSE 'clearnet' END)
                    UNION ALL SELECT json_build_array('rtt-open', (r.i %% 900)::text)
                    UNION ALL SELECT json_build_array('R', CASE WHEN r.i %% 7 = 0 THEN 'auth' ELSE '!auth' END)
                    UNION ALL SELECT json_build_array('R', CASE WHEN r.i %% 5 = 0 THEN 'payment' ELSE '!payment' END)
                    UNION ALL SELECT json_build_array('N', nip::text) FROM unnest(ARRAY[1,2,4,9,11,12,15,16,20,22,28,33,40,42,70,77]) AS nip
                    UNION ALL SELECT json_build_array('N', '50') WHERE r.i %% 8 = 0
                    UNION ALL SELECT json_build_array('N', '45') WHERE r.i %% 20 = 0
                    UNION ALL SELECT json_build_array('t', 'topic' || r.i %% 3000)
                    UNION ALL SELECT json_build_array('g', left(md5((r.i %% 500)::text), length)) FROM generate_series(1, 5) AS length
                    UNION ALL SELECT json_build_array('k', (r.i %% 40)::text)) AS tags),
                'content', repeat('{"name":"relay"}', 75), 'sig', repeat('ab', 64)), ARRAY[]::text[]
            FROM (SELECT id, substr(url, 8, 6)::integer AS i FROM relays) AS r,
                LATERAL (SELECT md5('key' || k) || md5('yek' || k) AS pubkey, md5(r.i || '/' || k) || md5(k || ':' || r.i) AS event_id,
                    1790000000 + (r.i * 7919 %% 900)::bigint AS created_at FROM generate_series(1, %d) AS k) AS keys""";

    @Test
    void theTable() {
        fill();
        sizes();
        measure(
                "N 50, not auth, 200",
                tags(Map.of("N", List.of("50"), "R", List.of("!auth"))).withLimit(200));
        measure("newest 500", Filter.ANY.withKinds(List.of(30166)).withLimit(500));
        measure("one relay", tags(Map.of("d", List.of("wss://r777.example/"))));
        measure("one place, 500", tags(Map.of("g", List.of("c4ca"))).withLimit(500));
        measure("topic", tags(Map.of("t", List.of("topic17"))).withLimit(500));
        measure(
                "nothing common",
                tags(Map.of("n", List.of("tor"), "k", List.of("1"))).withLimit(500));
        measure("other kinds", Filter.ANY.withKinds(List.of(0, 1, 10166)).withLimit(500));
        measure(
                "unknown author",
                Filter.ANY.withAuthors(List.of("ff".repeat(32))).withLimit(500));
        measure("until", tags(Map.of("N", List.of("45"))).withUntil(1790000300L).withLimit(200));
        count("all", Filter.ANY);
        count("N 50, not auth", tags(Map.of("N", List.of("50"), "R", List.of("!auth"))));
    }

    /** What the index costs those who store: a cycle's events once more, with and without the trigger. */
    @Test
    void theTriggers() {
        fill();
        time("the tags of all", "SELECT count(event_tags(event)) FROM discovery_events");
        String replace =
                "UPDATE discovery_events SET event_id = md5(event_id) || md5(event_id || 'x'), created_at = created_at + 1";
        time("replaced with the index", replace);
        time("replaced with the index", replace);
        measure(
                "N 50 after that",
                tags(Map.of("N", List.of("50"), "R", List.of("!auth"))).withLimit(200));
        STORAGE.postgres.execute("ALTER TABLE discovery_events DISABLE TRIGGER USER");
        time("replaced without it", replace);
        time("replaced without it", replace);
        STORAGE.postgres.execute(
                "ALTER TABLE discovery_events ENABLE TRIGGER USER; CREATE TABLE x AS SELECT * FROM event_index");
        String again = "TRUNCATE event_index; INSERT INTO event_index SELECT * FROM x";
        time("index filled", again);
        STORAGE.postgres.execute("DROP INDEX event_index_tags");
        time("index filled, without tags", again);
        STORAGE.postgres.execute("CREATE INDEX event_index_tags ON event_index USING gin (tags)");
    }

    private static void time(String what, String sql) {
        long began = System.nanoTime();
        STORAGE.postgres.execute(sql);
        System.out.printf("%-36s %d ms%n", what, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
    }

    private static void fill() {
        STORAGE.postgres.execute("""
                WITH made AS (INSERT INTO relays (url, host, network, source)
                SELECT 'wss://r' || lpad(i::text, 6, '0') || '.example/', 'x', 0, 'x' FROM generate_series(1, %d) i RETURNING 1)
                SELECT count(*) FROM made""".formatted(EVENTS));
        long began = System.nanoTime();
        STORAGE.postgres.execute("ALTER TABLE discovery_events DISABLE TRIGGER USER");
        STORAGE.postgres.execute(FILL.formatted(KEYS));
        STORAGE.postgres.execute("ALTER TABLE discovery_events ENABLE TRIGGER USER");
        STORAGE.postgres.execute("""
                INSERT INTO event_index (event_id, pubkey, kind, created_at, tags)
                SELECT event_id, pubkey, 30166, created_at, event_tags(event) FROM discovery_events""");
        long filled = System.nanoTime() - began;
        STORAGE.postgres.execute("VACUUM ANALYZE event_index");
        System.out.printf(
                "%d events of %d keys, filled in %d ms%n", EVENTS * KEYS, KEYS, TimeUnit.NANOSECONDS.toMillis(filled));
    }

    private static void sizes() {
        System.out.println("sizes: " + STORAGE.value("""
                SELECT string_agg(relname || ' ' || pg_size_pretty(pg_relation_size(oid)), ', ')
                FROM pg_class WHERE relname LIKE 'event_index%' OR relname LIKE 'discovery_events%'"""));
    }

    private static Filter tags(Map<String, List<String>> tags) {
        return new Filter(List.of(), List.of(), List.of(30166), tags, null, null, 1000);
    }

    private static void measure(String what, Filter filter) {
        List<EventFilter> filters = List.of(EventFilter.of(filter, 500, 1000));
        StoredEvents events = STORAGE.events();
        long[] found = new long[ROUNDS];
        long[] whole = new long[ROUNDS];
        int size = 0;
        for (int round = -ROUNDS; round < ROUNDS; round++) {
            int i = Math.max(0, round);
            long began = System.nanoTime();
            List<String> ids = await(events.find(filters)).ids();
            found[i] = System.nanoTime() - began;
            size = await(events.texts(ids)).size();
            whole[i] = System.nanoTime() - began;
            assertThat(size).isEqualTo(ids.size());
        }
        System.out.printf("%-22s %5d events, ids %s, with their JSON %s%n", what, size, times(found), times(whole));
        explain(FilterSql.finding(filters));
    }

    private static void count(String what, Filter filter) {
        List<EventFilter> filters = List.of(EventFilter.of(filter, 500, 1000));
        long[] took = new long[ROUNDS];
        long count = 0;
        for (int i = 0; i < ROUNDS; i++) {
            long began = System.nanoTime();
            count = await(STORAGE.events().count(filters));
            took[i] = System.nanoTime() - began;
        }
        System.out.printf("count of %-14s %6d, %s%n", what, count, times(took));
    }

    private static String times(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return "p50 %.1f ms, max %.1f ms".formatted(sorted[ROUNDS / 2] / 1e6, sorted[ROUNDS - 1] / 1e6);
    }

    private static void explain(FilterSql sql) {
        STORAGE.reader()
                .run(
                        "EXPLAIN (ANALYZE, COSTS off, TIMING off, SUMMARY off, BUFFERS off) " + sql.text(),
                        sql.parameters())
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .forEach(row -> System.out.println("        " + row.getString(0)));
    }
}
