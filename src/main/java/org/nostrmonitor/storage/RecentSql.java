package org.nostrmonitor.storage;

/** The statements of {@link RecentCounts}. */
final class RecentSql {
    /** Who dies meanwhile has done nothing: another takes the same relays half a minute later. */
    static final String TAKE_TURN = """
            UPDATE recent_turn SET next_at = now() + interval '30 s',
                began_at = CASE WHEN after_id = 0 THEN now() ELSE began_at END
            WHERE next_at <= now() OR next_at > now() + interval '2 min' RETURNING after_id, now() AS now""";

    /** After the last relay it begins again, a minute after it began at the earliest. */
    static final String PASS_TURN = """
            UPDATE recent_turn SET after_id = $1, next_at = CASE WHEN $1 > 0 THEN now() + $2 * interval '1 ms'
                ELSE greatest(now(), began_at + interval '1 min') END""";

    static final String STORED = """
            SELECT r.id AS relay_id, c.through, c.spans, c.late, c.hour, c.opened
            FROM relays r LEFT JOIN relay_recent c ON c.relay_id = r.id WHERE r.id > $1 ORDER BY r.id LIMIT $2""";

    static final String SHEETS = """
            SELECT relay_id, region, day, checks FROM relay_hourly h
            WHERE relay_id > $1 AND relay_id <= $2 AND day >= $3 AND day <= $4
              AND EXISTS (SELECT FROM relays r WHERE r.id = h.relay_id)""";

    /** Not over what was told to be late meanwhile. */
    static final String PUT = """
            INSERT INTO relay_recent AS r (relay_id, through, spans, late, hour, opened)
            SELECT * FROM unnest($1::integer[], $2::date[], $3::bytea[], $4::integer[], $5::integer[], $6::bytea[])
                AS given (relay_id, through, spans, late, hour, opened)
            ORDER BY relay_id
            ON CONFLICT (relay_id) DO UPDATE SET
                through = EXCLUDED.through, spans = EXCLUDED.spans, hour = EXCLUDED.hour, opened = EXCLUDED.opened
            WHERE r.late = EXCLUDED.late""";

    /** Locked in the order of ids, as whoever stores reports does, and only what changes. */
    static final String SHARES = """
            WITH given AS (
                SELECT * FROM unnest($1::integer[], $2::smallint[], $3::smallint[], $4::smallint[])
                    AS given (relay_id, day, week, month)),
            other AS (
                SELECT s.relay_id FROM relay_summary s JOIN given g ON g.relay_id = s.relay_id
                WHERE (s.uptime_day, s.uptime, s.uptime_month) IS DISTINCT FROM (g.day, g.week, g.month)
                ORDER BY s.relay_id FOR UPDATE OF s)
            UPDATE relay_summary s SET uptime_day = g.day, uptime = g.week, uptime_month = g.month
            FROM given g JOIN other o ON o.relay_id = g.relay_id WHERE s.relay_id = g.relay_id""";

    /** Results of days that are settled: they are counted again from there on. Locked in the order in which they are put. */
    static final String LATE = """
            WITH given AS (
                SELECT * FROM unnest($1::integer[], $2::date[]) AS given (relay_id, day)),
            locked AS (
                SELECT r.relay_id FROM relay_recent r JOIN given g ON g.relay_id = r.relay_id
                ORDER BY r.relay_id FOR UPDATE OF r)
            UPDATE relay_recent r SET through = least(r.through, g.day), late = r.late + 1
            FROM given g JOIN locked l ON l.relay_id = g.relay_id WHERE r.relay_id = g.relay_id""";

    private RecentSql() {}
}
