package org.nostrmonitor.storage;

/** The statements on {@code monitors}, {@code monitor_views} and {@code monitor_reading}. */
final class MonitorSql {
    private MonitorSql() {}

    static final String MONITORS = "SELECT pubkey, last_seen_at, announced_at IS NOT NULL AS announced FROM monitors";

    static final String OWN_KEYS = "SELECT DISTINCT pubkey FROM announcements";

    /** In the order of keys, so that two nodes that write at the same time do not wait for one another in a circle. */
    static final String SEEN = """
            INSERT INTO monitors AS m (pubkey, first_seen_at, last_seen_at)
            SELECT pubkey, least(min(at), now()), least(max(at), now())
            FROM unnest($1::text[], $2::timestamptz[]) AS said (pubkey, at)
            GROUP BY pubkey ORDER BY pubkey
            ON CONFLICT (pubkey) DO UPDATE SET
                first_seen_at = least(m.first_seen_at, EXCLUDED.first_seen_at),
                last_seen_at = greatest(m.last_seen_at, EXCLUDED.last_seen_at)""";

    static final String VIEWS = """
            INSERT INTO monitor_views AS v (created_at, relay_id, monitor_id, open_ms, read_ms, write_ms)
            SELECT said.at, r.id, m.id, said.open, said.read, said.write
            FROM unnest($1::text[], $2::timestamptz[], $3::text[], $4::integer[], $5::integer[], $6::integer[])
                AS said (pubkey, at, url, open, read, write)
            JOIN monitors m ON m.pubkey = said.pubkey JOIN relays r ON r.url = said.url
            ORDER BY r.id, m.id
            ON CONFLICT (relay_id, monitor_id) DO UPDATE SET
                created_at = EXCLUDED.created_at, open_ms = EXCLUDED.open_ms, read_ms = EXCLUDED.read_ms,
                write_ms = EXCLUDED.write_ms
            WHERE v.created_at < EXCLUDED.created_at""";

    static final String ANNOUNCE = """
            UPDATE monitors m SET announced_at = said.at, frequency = said.frequency, geohash = said.geohash
            FROM unnest($1::text[], $2::timestamptz[], $3::integer[], $4::text[]) AS said (pubkey, at, frequency, geohash)
            WHERE m.pubkey = said.pubkey AND (m.announced_at IS NULL OR m.announced_at < said.at)""";

    static final String NAME = """
            UPDATE monitors m SET named_at = said.at, name = said.name
            FROM unnest($1::text[], $2::timestamptz[], $3::text[]) AS said (pubkey, at, name)
            WHERE m.pubkey = said.pubkey AND (m.named_at IS NULL OR m.named_at < said.at)""";

    static final String FORGET = "DELETE FROM monitors WHERE pubkey = ANY ($1::text[])";

    static final String READ_UNTIL = """
            INSERT INTO monitor_reading AS r (until) VALUES ($1)
            ON CONFLICT (only_one) DO UPDATE SET until = greatest(r.until, EXCLUDED.until)""";

    static final String UNTIL = "SELECT until FROM monitor_reading";

    static final String COUNT = """
            UPDATE monitors m SET relays = coalesce(c.relays, 0), recent = coalesce(c.recent, 0), counted_at = now()
            FROM monitors o LEFT JOIN (
                SELECT monitor_id, count(*) AS relays,
                    count(*) FILTER (WHERE created_at > now() - interval '1 hour') AS recent
                FROM monitor_views GROUP BY monitor_id) c ON c.monitor_id = o.id
            WHERE m.id = o.id""";

    private static final String SAID = """
            SELECT m.pubkey, m.name, m.frequency, m.geohash, m.announced_at, m.first_seen_at, m.last_seen_at, m.relays,
                m.recent, m.counted_at,
            """;

    static final String ALL = SAID + """
                NULL::timestamptz AS created_at, NULL::integer AS open_ms, NULL::integer AS read_ms,
                NULL::integer AS write_ms
            FROM monitors m ORDER BY m.last_seen_at DESC, m.pubkey LIMIT 200""";

    static final String OF = SAID + """
                v.created_at, v.open_ms, v.read_ms, v.write_ms
            FROM monitors m
            LEFT JOIN monitor_views v ON v.monitor_id = m.id AND v.relay_id = (SELECT id FROM relays WHERE url = $1)
            ORDER BY m.last_seen_at DESC, m.pubkey LIMIT 200""";

    static final String OLD_VIEWS = "DELETE FROM monitor_views WHERE created_at < $1";

    static final String OLD_MONITORS = "DELETE FROM monitors WHERE last_seen_at < $1";
}
