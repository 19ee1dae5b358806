package org.nostrmonitor.storage;

/** The statements that write and read the history. Region 0 is all regions together. */
final class HistorySql {
    static final String ADD_CHECKS = """
            INSERT INTO relay_hourly AS h (relay_id, region, day, checks)
            SELECT * FROM unnest($1::integer[], $2::smallint[], $3::date[], $4::bytea[])
                AS given (relay_id, region, day, checks)
            ORDER BY relay_id
            ON CONFLICT (relay_id, region, day) DO UPDATE SET checks = h.checks || EXCLUDED.checks""";

    /** At least one row, so that there is a clock that all nodes share. */
    static final String STRIPS = """
            SELECT floor(extract(epoch FROM now()) / 900)::integer AS now, s.relay_id, s.region, s.slot, s.states
            FROM (SELECT) AS one LEFT JOIN relay_strips s ON s.relay_id = ANY ($1::integer[])""";

    static final String PUT_STRIPS = """
            INSERT INTO relay_strips (relay_id, region, slot, states)
            SELECT * FROM unnest($1::integer[], $2::smallint[], $3::integer[], $4::text[])
                AS given (relay_id, region, slot, states)
            ORDER BY relay_id, region
            ON CONFLICT (relay_id, region) DO UPDATE SET slot = EXCLUDED.slot, states = EXCLUDED.states""";

    /** What is said now of relays, by each region and by all together. */
    private static final String SAID = """
            WITH said AS (
                SELECT relay_id, region, state, since, stage, reason FROM relay_current
                WHERE relay_id = ANY ($1::integer[]) AND state <> 0
                UNION ALL
                SELECT relay_id, 0, state, since, stage, reason FROM relay_summary
                WHERE relay_id = ANY ($1::integer[]) AND state <> 0)
            """;

    static final String END_INCIDENTS = SAID + """
            UPDATE relay_incidents i SET ended_at = greatest(said.since, i.began_at) FROM said
            WHERE i.relay_id = said.relay_id AND i.region = said.region AND i.ended_at IS NULL
              AND i.state <> said.state""";

    static final String BEGIN_INCIDENTS = SAID + """
            INSERT INTO relay_incidents AS i (
                relay_id, region, state, began_at, first_stage, first_reason, stage, reason)
            SELECT relay_id, region, state, since, stage, reason, stage, reason FROM said
            WHERE state IN (2, 3) AND NOT EXISTS (
                SELECT 1 FROM relay_incidents o
                WHERE o.relay_id = said.relay_id AND o.region = said.region AND o.ended_at IS NULL
                  AND o.stage IS NOT DISTINCT FROM said.stage AND o.reason IS NOT DISTINCT FROM said.reason)
            ORDER BY relay_id, region
            ON CONFLICT (relay_id, region) WHERE ended_at IS NULL
            DO UPDATE SET stage = EXCLUDED.stage, reason = EXCLUDED.reason""";

    /** Results of days that may have been rolled up: those from here on are rolled up again. */
    static final String LATE = """
            UPDATE daily_rolled_up SET late = late + 1, until = least(until, date_trunc('week', $1::date::timestamp)::date)""";

    static final String SHEETS = """
            SELECT h.region, h.day, h.checks FROM relay_hourly h
            WHERE h.relay_id = (SELECT id FROM relays WHERE url = $1) AND h.day >= $2::date AND h.day <= $3::date
              AND ($4::text IS NULL OR h.region = (SELECT id FROM regions WHERE name = $4::text))""";

    static final String ROLLED_UP = "SELECT until, late FROM daily_rolled_up";

    static final String DAYS = """
            SELECT d.region, d.day, d.up_seconds, d.known_seconds, d.online, d.degraded, d.offline, d.unknown, d.times
            FROM relay_daily d
            WHERE d.relay_id = (SELECT id FROM relays WHERE url = $1) AND d.day >= $2::date AND d.day <= $3::date
              AND ($4::text IS NULL OR d.region = (SELECT id FROM regions WHERE name = $4::text))""";

    /** From the index alone. */
    static final String UPTIMES = """
            SELECT coalesce(sum(up_seconds) FILTER (WHERE day >= $3::date), 0)::bigint AS month_up,
                coalesce(sum(known_seconds) FILTER (WHERE day >= $3::date), 0)::bigint AS month_known,
                coalesce(sum(up_seconds), 0)::bigint AS year_up, coalesce(sum(known_seconds), 0)::bigint AS year_known
            FROM relay_daily
            WHERE relay_id = (SELECT id FROM relays WHERE url = $1) AND region = 0
              AND day >= $2::date AND day < $4::date""";

    static final String INCIDENTS = """
            SELECT i.id, i.state, i.began_at, i.ended_at, i.first_stage, i.first_reason, i.stage, i.reason
            FROM relay_incidents i
            WHERE i.relay_id = (SELECT id FROM relays WHERE url = $1)
              AND i.region = CASE WHEN $2::text IS NULL THEN 0 ELSE (SELECT id FROM regions WHERE name = $2::text) END
              AND ($3::timestamptz IS NULL OR (i.began_at, i.id) < ($3::timestamptz, $4::bigint))
            ORDER BY i.began_at DESC, i.id DESC LIMIT $5""";

    static final String NETWORK_HOURS = """
            SELECT hour AS first, taken_at, online, degraded, offline, unknown FROM network_hourly
            WHERE hour >= $1::timestamptz AND hour < $2::timestamptz ORDER BY hour""";

    /** The last hour of each day: a year is 365 looks into the index, not 8,760 rows to sort. */
    static final String NETWORK_DAYS = """
            SELECT day AS first, n.*
            FROM generate_series(date_trunc('day', $1::timestamptz, 'UTC'), $2::timestamptz - interval '1 us',
                interval '1 day') AS day
            CROSS JOIN LATERAL (
                SELECT taken_at, online, degraded, offline, unknown FROM network_hourly
                WHERE hour >= day AND hour < least(day + interval '1 day', $2::timestamptz)
                ORDER BY hour DESC LIMIT 1) AS n
            ORDER BY day""";

    private HistorySql() {}
}
