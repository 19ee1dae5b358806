package org.nostrmonitor.storage;

import java.util.List;

/**
 * The statements of {@link InventedPast}. The numbers come from hashes of the relays' numbers, so that the same relays have the
 * same past. $FIRST and $LAST are moments, $DAY is a date, $DAYS how many days there are.
 */
final class InventedPastSql {
    /** A number from 0 to 9999 for a relay, another one for each purpose. */
    private static final String LUCK = """
            CREATE FUNCTION pg_temp.luck(relay integer, purpose integer) RETURNS integer LANGUAGE sql IMMUTABLE AS
            'SELECT (abs(hashint4(relay * 131 + purpose)::bigint) % 10000)::integer'""";

    /** A relay is known since before, or, one of three, since some day of the span; what is down now has been for a while. */
    private static final String RELAYS = """
            CREATE TEMP TABLE past_relay AS
            SELECT s.relay_id, c.region, s.state, c.stage, c.reason, s.asn, s.software, s.nips, s.country, s.network,
                s.url LIKE 'wss:%' AS secure, x.added, 20000 + pg_temp.luck(s.relay_id, 1) * pg_temp.luck(s.relay_id, 2) / 400 AS base,
                CASE WHEN s.state = 3 THEN CASE WHEN pg_temp.luck(s.relay_id, 3) < 3000
                    THEN x.added + ($LAST - x.added) * (pg_temp.luck(s.relay_id, 4) / 10000.0)
                    ELSE x.added - interval '1 day' * (pg_temp.luck(s.relay_id, 4) % 90) END END AS down_since
            FROM relay_summary s JOIN relay_current c ON c.relay_id = s.relay_id
            CROSS JOIN LATERAL (SELECT $FIRST + CASE WHEN pg_temp.luck(s.relay_id, 5) < 3300
                THEN ($LAST - $FIRST) * (pg_temp.luck(s.relay_id, 6) / 11000.0) ELSE interval '0' END AS added) AS x
            WHERE s.state <> 0""";

    /** Outages of single relays; of a whole company on one day; and those that go on. One in four is a degradation. */
    private static final String OUTAGE = """
            CREATE TEMP TABLE past_outage AS
            SELECT relay_id, region, 3::smallint AS state, down_since AS began, 'infinity'::timestamptz AS ended, stage, reason
            FROM past_relay WHERE state = 3
            UNION ALL
            SELECT relay_id, region, (CASE WHEN pg_temp.luck(relay_id, n * 7 + 11) < 2500 THEN 2 ELSE 3 END)::smallint,
                date_bin('15 min', began, 'epoch'), date_bin('15 min', began, 'epoch')
                    + interval '15 min' * (1 + pg_temp.luck(relay_id, n * 7 + 12) % 14),
                (2 + pg_temp.luck(relay_id, n * 7 + 13) % 2)::smallint, (CASE pg_temp.luck(relay_id, n * 7 + 13) % 2 WHEN 0
                    THEN $TCP_TIMEOUT ELSE $TLS_EXPIRED END)::smallint
            FROM past_relay CROSS JOIN generate_series(1, 1 + $DAYS / 3) AS n
            CROSS JOIN LATERAL (SELECT added + ($LAST - added) * (pg_temp.luck(relay_id, n * 7 + 10) / 10000.0) AS began) AS x
            WHERE pg_temp.luck(relay_id, n * 7 + 9) < 1600 AND began < $LAST - interval '5 hours'
              AND (down_since IS NULL OR began < down_since - interval '5 hours')
            UNION ALL
            SELECT relay_id, region, 3, ($LAST::date - 3) + time '08:45' AT TIME ZONE 'UTC',
                ($LAST::date - 3) + time '16:30' AT TIME ZONE 'UTC', 2, $TCP_TIMEOUT
            FROM past_relay WHERE $DAYS > 3 AND asn = (SELECT asn FROM past_relay WHERE asn IS NOT NULL
                GROUP BY asn ORDER BY count(*) DESC OFFSET 2 LIMIT 1) AND added < $LAST - interval '4 days'
              AND (down_since IS NULL OR down_since > $LAST - interval '2 days')""".replace(
                    "$TCP_TIMEOUT", "" + org.nostrmonitor.relay.Reason.TCP_TIMEOUT.code())
            .replace("$TLS_EXPIRED", "" + org.nostrmonitor.relay.Reason.TLS_EXPIRED.code());

    static final List<String> OUTAGES = List.of(
            LUCK,
            RELAYS,
            "UPDATE relays r SET added_at = p.added FROM past_relay p WHERE p.relay_id = r.id",
            "UPDATE relay_summary s SET added_at = p.added FROM past_relay p WHERE p.relay_id = s.relay_id",
            OUTAGE,
            "ALTER TABLE past_outage ADD COLUMN id integer GENERATED ALWAYS AS IDENTITY",
            """
            DELETE FROM past_outage a USING past_outage b WHERE a.relay_id = b.relay_id AND a.id > b.id
              AND a.began < b.ended + interval '1 hour' AND b.began < a.ended + interval '1 hour'""",
            "CREATE INDEX ON past_outage (relay_id, began)",
            "ANALYZE past_relay, past_outage",
            """
            INSERT INTO network_hourly (hour, taken_at, online, degraded, offline, unknown)
            SELECT hour, hour + interval '59 min', count(*) FILTER (WHERE o.state IS NULL),
                count(*) FILTER (WHERE o.state = 2), count(*) FILTER (WHERE o.state = 3), 0
            FROM generate_series(date_trunc('hour', $FIRST) + interval '1 hour', $LAST - interval '1 hour', interval '1 hour')
                AS hour
            JOIN past_relay p ON p.added <= hour
            LEFT JOIN past_outage o ON o.relay_id = p.relay_id AND o.began <= hour AND o.ended > hour
            GROUP BY hour ON CONFLICT DO NOTHING""");

    /** What is dead for long is looked at every six hours. */
    private static final String OF_A_DAY = """
            CREATE TEMP TABLE past_check AS
            SELECT p.relay_id, p.region, c AS cycle, coalesce(o.state, 1)::smallint AS state, o.stage, o.reason,
                p.base * noise / 12 + 2000 AS dns, p.base * noise / 4 AS tcp, CASE WHEN p.secure THEN p.base * noise / 3 END AS tls,
                p.base * noise / 3 AS upgrade, p.base * noise / 2 AS read
            FROM generate_series($DAY::timestamp AT TIME ZONE 'UTC', $DAY::timestamp AT TIME ZONE 'UTC' + interval '1 day'
                - interval '15 min', interval '15 min') AS c
            JOIN past_relay p ON p.added <= c
            CROSS JOIN LATERAL (SELECT (0.8 + pg_temp.luck(p.relay_id, extract(epoch FROM c)::integer / 900) / 25000.0
                + 0.15 * sin(extract(epoch FROM c) / 13751 + p.relay_id)
                + CASE WHEN pg_temp.luck(p.relay_id, extract(epoch FROM c)::integer / 900 + 5) < 150 THEN 2 ELSE 0 END)::float8
                AS noise) AS x
            LEFT JOIN past_outage o ON o.relay_id = p.relay_id AND o.began <= c AND o.ended > c
            WHERE c > $FIRST AND c < $LAST AND (o.ended IS NULL OR o.ended <> 'infinity' OR c < o.began + interval '1 day'
                OR (extract(epoch FROM c)::integer / 900 + p.relay_id) % 24 = 0)""";

    static final List<String> CHECKS = List.of("DROP TABLE IF EXISTS past_check", OF_A_DAY, """
            INSERT INTO relay_hourly AS h (relay_id, region, day, checks)
            SELECT relay_id, region, $DAY::date, string_agg(CASE state WHEN 3
                THEN check_entry(cycle, state, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)
                ELSE check_entry(cycle, state, dns::integer, tcp::integer, tls::integer, upgrade::integer,
                    (tcp + coalesce(tls, 0) + upgrade)::integer, read::integer, NULL, NULL) END, ''::bytea ORDER BY cycle)
            FROM past_check GROUP BY relay_id, region
            ON CONFLICT (relay_id, region, day) DO UPDATE SET checks = EXCLUDED.checks || h.checks""");

    static final List<String> RESULTS = List.of("""
            INSERT INTO relay_results (relay_id, region, state, cycle, checked_at, open_stage, open_reason, read_reason,
                dns_us, tcp_us, tls_us, upgrade_us, read_us, loop_lag_us)
            SELECT relay_id, region, state, cycle, cycle + interval '1 second' * (1 + pg_temp.luck(relay_id, 8) % 600),
                CASE state WHEN 3 THEN stage END, CASE state WHEN 3 THEN reason ELSE 0 END, CASE state WHEN 3 THEN NULL ELSE 0 END,
                CASE state WHEN 3 THEN NULL ELSE dns END, CASE state WHEN 3 THEN NULL ELSE tcp END,
                CASE state WHEN 3 THEN NULL ELSE tls END, CASE state WHEN 3 THEN NULL ELSE upgrade END,
                CASE state WHEN 3 THEN NULL ELSE read END, 300
            FROM past_check ORDER BY cycle ON CONFLICT DO NOTHING""");

    /** By the statement that counts, of the relays that were up at the end of the day. */
    static final List<String> TALLIES = List.of(StatisticsSql.TALLY
            .replace("FROM relay_summary WHERE listed = 1 AND state IN (1, 2)", """
                    FROM past_relay p WHERE added < $DAY::date + time '23:50' AT TIME ZONE 'UTC' AND NOT EXISTS (
                        SELECT FROM past_outage o WHERE o.relay_id = p.relay_id AND o.state = 3
                          AND o.began <= $DAY::date + time '23:50' AT TIME ZONE 'UTC'
                          AND o.ended > $DAY::date + time '23:50' AT TIME ZONE 'UTC')""")
            .replace(
                    "(now() AT TIME ZONE 'UTC')::date, now()",
                    "$DAY::date, least($LAST, $DAY::date + time '23:55' AT TIME ZONE 'UTC')")
            .replace("(now() AT TIME ZONE 'UTC')::date", "$DAY::date"));

    static final List<String> NOW = List.of(
            "DELETE FROM relay_incidents",
            """
            INSERT INTO relay_incidents (relay_id, region, state, began_at, ended_at, first_stage, first_reason, stage, reason)
            SELECT relay_id, r, state, began, nullif(ended, 'infinity'), stage, reason, stage, reason
            FROM past_outage CROSS JOIN LATERAL unnest(ARRAY[0, region]) AS r ORDER BY began""",
            """
            UPDATE relay_summary s SET since = o.since, was = o.was FROM (
                SELECT DISTINCT ON (p.relay_id) p.relay_id, CASE WHEN o.ended = 'infinity' THEN o.began
                    ELSE coalesce(o.ended, p.added) END AS since, CASE WHEN o.ended = 'infinity' THEN 1 ELSE coalesce(o.state, 0) END AS was
                FROM past_relay p LEFT JOIN past_outage o ON o.relay_id = p.relay_id ORDER BY p.relay_id, o.began DESC) AS o
            WHERE o.relay_id = s.relay_id""",
            """
            UPDATE relay_current c SET since = s.since, online_at = CASE s.state WHEN 3 THEN s.since - interval '15 min'
                ELSE c.online_at END
            FROM relay_summary s WHERE s.relay_id = c.relay_id""",
            """
            INSERT INTO relay_strips (relay_id, region, slot, states)
            SELECT w.relay_id, r, floor(extract(epoch FROM $LAST) / 900)::integer, string_agg(coalesce(x.state, 0)::text, '' ORDER BY i)
            FROM (SELECT relay_id FROM past_relay) AS w JOIN past_relay p ON p.relay_id = w.relay_id
            CROSS JOIN generate_series(0, 95) AS i
            CROSS JOIN LATERAL (SELECT $LAST - interval '15 min' * (95 - i) AS at) AS t
            CROSS JOIN LATERAL unnest(ARRAY[0, p.region]) AS r
            LEFT JOIN relay_results x ON x.relay_id = w.relay_id AND x.cycle = at AND x.region = p.region
            GROUP BY w.relay_id, r
            ON CONFLICT (relay_id, region) DO UPDATE SET slot = EXCLUDED.slot, states = EXCLUDED.states""",
            """
            INSERT INTO cycles (cycle, region, state, planned, deadline, started_at, completed_at)
            SELECT c, (SELECT min(region) FROM past_relay), 'complete', (SELECT count(*) FROM past_relay WHERE added <= c),
                c + interval '14 min', c + interval '1 s', c + interval '9 min' + interval '1 s' * (extract(minute FROM c)::integer % 37)
            FROM generate_series($LAST - interval '1 day', $LAST, interval '15 min') AS c ON CONFLICT DO NOTHING""",
            "UPDATE daily_rolled_up SET until = date_trunc('week', $FIRST)::date",
            "ANALYZE");

    private InventedPastSql() {}
}
