package org.nostrmonitor.storage;

import java.util.List;

/** What {@link BenchData} adds in the end, also to a database that was made before there was a place for it. */
final class BenchLater {
    static final String IS_THERE = "SELECT EXISTS (SELECT FROM network_tally_days WHERE day < current_date - 300)";

    static final List<String> ROWS = List.of(
            """
            INSERT INTO relay_recent (relay_id, through, spans, hour, opened)
            SELECT i, (now() AT TIME ZONE 'UTC')::date,
                int4send((extract(epoch FROM date_trunc('day', now(), 'UTC'))::bigint - 30 * 86400)::integer)
                    || int4send(2 * 30 * 86400 + CASE WHEN i % 10 < 3 THEN 1 ELSE 0 END),
                floor(extract(epoch FROM now()) / 3600)::integer,
                decode(repeat(CASE WHEN i % 10 < 3 THEN '82' ELSE '00' END, 24), 'hex')
            FROM generate_series(1, $RELAYS) AS i ON CONFLICT DO NOTHING""",
            """
            UPDATE relay_summary SET uptime = x.share, uptime_day = x.share, uptime_month = x.share,
                country = chr(65 + i % 20) || chr(65 + i % 3), asn = 20000 + i % 300, lat = i % 120 - 50, lon = i % 359 - 179
            FROM (SELECT i, CASE WHEN i % 10 < 3 THEN 10000 - i % 100 ELSE 0 END AS share
                FROM generate_series(1, $RELAYS) AS i) AS x
            WHERE relay_id = i""",
            """
            INSERT INTO network_tally_days (kind, day, taken_at, up, told, different)
            SELECT kind, day::date, day + interval '23 hours', $RELAYS * 3 / 10, $RELAYS * 3 / 10, 60
            FROM generate_series(1, 5) AS kind,
                generate_series(current_date - 365, current_date - 1, interval '1 day') AS day
            ON CONFLICT DO NOTHING""",
            """
            INSERT INTO network_tallies (kind, what, day, relays)
            SELECT kind, 'value-' || n, day::date, $RELAYS / (n + 10)
            FROM generate_series(1, 5) AS kind, generate_series(1, 50) AS n,
                generate_series(current_date - 365, current_date - 1, interval '1 day') AS day
            ON CONFLICT DO NOTHING""",
            "VACUUM (FULL, ANALYZE) relay_summary",
            "VACUUM (ANALYZE) relay_recent, network_tallies, network_tally_days");

    private BenchLater() {}
}
