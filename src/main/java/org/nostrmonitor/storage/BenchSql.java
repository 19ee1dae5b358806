package org.nostrmonitor.storage;

import java.util.List;

/** The statements of {@link BenchData}. Relays whose number ends with 0, 1 or 2 are up. */
final class BenchSql {
    static final String NOTE = "CREATE TABLE IF NOT EXISTS bench_size (size text NOT NULL)";

    static final List<String> RELAYS =
            List.of("INSERT INTO regions (name) SELECT 'region-' || i FROM generate_series(1, $REGIONS) AS i", """
            INSERT INTO relays (url, host, network, source, added_at)
            SELECT 'wss://relay-' || i || '.example/', 'relay-' || i || '.example', 0, 'bench', now() - interval '1 year'
            FROM generate_series(1, $RELAYS) AS i""");

    /** 300 days of a relay that is up, with one that is down in a hundred checks, and 100 of one that is dead. */
    static final List<String> TEMPLATES =
            List.of("""
            CREATE TABLE bench_check AS
            SELECT n, slot, slot * interval '15 minutes' AS at,
                (CASE WHEN n >= 300 OR hashint4(n * 96 + slot) % 100 = 0 THEN 3 ELSE 1 END)::smallint AS state,
                20000 + abs(hashint4(n * 96 + slot) % 5000) AS dns, 30000 + abs(hashint4(n + slot * 7) % 20000) AS tcp,
                40000 + abs(hashint4(n + slot * 13) % 20000) AS tls, 50000 + abs(hashint4(n + slot * 17) % 40000) AS upgrade,
                60000 + abs(hashint4(n + slot * 19) % 90000) AS read
            FROM generate_series(0, 399) AS n, generate_series(0, 95) AS slot WHERE n < 300 OR slot % 20 = 3""", """
            CREATE TABLE bench_sheet AS
            SELECT n, string_agg(CASE state WHEN 1 THEN check_entry('epoch'::timestamptz + at, state, dns, tcp, tls, upgrade,
                tcp + tls + upgrade, read, CASE slot % 16 WHEN 0 THEN read END, tcp + tls)
                ELSE check_entry('epoch'::timestamptz + at, state, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL) END,
                ''::bytea ORDER BY slot) AS checks
            FROM bench_check GROUP BY n""", "ALTER TABLE bench_sheet ADD PRIMARY KEY (n)", "ANALYZE bench_check, bench_sheet");

    private static final String UP = "i % 10 < 3";

    static final List<String> DOCUMENTS = List.of("""
            INSERT INTO relay_documents (hash, body, name, software, nips)
            SELECT sha256(i::text::bytea), '{"name":"Relay ' || i || '","description":"' || repeat('x', 800) || '"}',
                'Relay ' || i, 'https://example/software-' || i % 12, ARRAY[1, 9, 11, 40 + i % 10]
            FROM generate_series(0, 499) AS i""");

    static final String CURRENT = """
            INSERT INTO relay_current (relay_id, region, state, since, cycle, checked_at, online_at, stage, reason,
                open_us, read_us, write_us, document, report)
            SELECT i, g, CASE WHEN UP THEN 1 ELSE 3 END, now() - i % 1000 * interval '1 hour', now(),
                now() - i % 900 * interval '1 second', now(), CASE WHEN NOT (UP) THEN 2 END, CASE WHEN NOT (UP) THEN 10 + i % 3 END,
                CASE WHEN UP THEN 90000 + i % 90000 END, CASE WHEN UP THEN 50000 + i % 50000 END, NULL,
                CASE WHEN UP THEN sha256((i % 500)::text::bytea) END,
                replace('$REPORT', 'relay-1.example', 'relay-' || i || '.example')::json
            FROM generate_series(1, $RELAYS) AS i, generate_series(1, $REGIONS) AS g""".replace("UP", UP);

    static final List<String> READ_MODELS = List.of(
            """
            INSERT INTO relay_summary (relay_id, url, network, state, was, since, checked_at, stage, reason, open_us, read_us,
                writable, name, software, nips, search)
            SELECT c.relay_id, r.url, 0, c.state, CASE WHEN i % 3 = 0 THEN 4 - c.state ELSE 0 END, c.since, c.checked_at, c.stage,
                c.reason, c.open_us, c.read_us, CASE WHEN c.state = 1 AND i % 2 = 0 THEN true END, d.name, d.software,
                coalesce(d.nips, '{}'), lower(concat_ws(' ', r.url, d.name, d.software))
            FROM relay_current c JOIN relays r ON r.id = c.relay_id LEFT JOIN relay_documents d ON d.hash = c.document
            CROSS JOIN LATERAL (SELECT c.relay_id AS i) AS x WHERE c.region = 1""",
            """
            INSERT INTO relay_strips (relay_id, region, slot, states)
            SELECT i, g, floor(extract(epoch FROM now()) / 900), repeat(CASE WHEN UP THEN '1' ELSE '3' END, 96)
            FROM generate_series(1, $RELAYS) AS i, generate_series(0, $REGIONS) AS g""".replace("UP", UP),
            """
            INSERT INTO relay_incidents (relay_id, region, state, began_at, ended_at, first_stage, first_reason, stage, reason)
            SELECT i, g, 3, now() - n * interval '9 days', now() - n * interval '9 days' + interval '1 hour', 2, 10, 2, 11
            FROM generate_series(40, 1, -1) AS n, generate_series(1, $RELAYS) AS i, generate_series(0, $REGIONS) AS g
            WHERE i <= $DEEP OR n = 1""",
            """
            INSERT INTO relay_incidents (relay_id, region, state, began_at, first_stage, first_reason, stage, reason)
            SELECT relay_id, region, state, since, stage, reason, stage, reason FROM relay_current WHERE state = 3
            UNION ALL SELECT relay_id, 0, state, since, stage, reason, stage, reason FROM relay_summary WHERE state = 3""",
            """
            INSERT INTO network_hourly
            SELECT hour, hour + interval '59 minutes', $RELAYS * 3 / 10, 0, $RELAYS * 7 / 10, 0
            FROM generate_series(date_trunc('hour', now()) - interval '1 year', now(), interval '1 hour') AS hour""",
            """
            INSERT INTO discovery_events (relay_id, pubkey, event_id, created_at, event, pending)
            SELECT i, repeat('ab', 32), encode(sha256(i::text::bytea), 'hex'), 1700000000, '$EVENT', '{}'
            FROM generate_series(1, $RELAYS) AS i WHERE UP""".replace("UP", UP).replace("$EVENT", BenchReports.event()),
            """
            INSERT INTO cycles (cycle, region, state, planned, deadline, started_at, completed_at)
            SELECT c, g, 'complete', $RELAYS, c + interval '15 minutes', c, c + interval '10 minutes'
            FROM generate_series(date_trunc('hour', now()) - interval '14 days', now() - interval '1 hour',
                interval '15 minutes') AS c, generate_series(1, $REGIONS) AS g""",
            """
            UPDATE daily_rolled_up SET until = '$UNTIL'""");

    private static final String TEMPLATE_OF = """
            (CASE WHEN UP THEN 0 ELSE 300 END
            + abs(hashint4(i * 31 + g * 7 + ('$FROM'::date - '2020-01-01'::date)) % CASE WHEN UP THEN 300 ELSE 100 END))""".replace("UP", UP);

    static final List<String> HOURLY = List.of("""
            INSERT INTO relay_hourly (relay_id, region, day, checks)
            SELECT i, g, '$FROM', s.checks
            FROM generate_series(1, $RELAYS) AS i CROSS JOIN generate_series(1, $REGIONS) AS g
            JOIN bench_sheet s ON s.n = TEMPLATE""".replace("TEMPLATE", TEMPLATE_OF));

    /** In the order of time, as they come. */
    static final List<String> RESULTS = List.of("""
            INSERT INTO relay_results (relay_id, region, state, cycle, checked_at, open_stage, open_reason, read_reason,
                nip11_reason, dns_us, tcp_us, tls_us, upgrade_us, read_us, nip11_us, loop_lag_us)
            SELECT i, g, c.state, '$FROM 00:00+00'::timestamptz + at, '$FROM 00:00+00'::timestamptz + at + interval '3 s',
                CASE c.state WHEN 3 THEN 2 END, CASE c.state WHEN 3 THEN 10 ELSE 0 END, CASE c.state WHEN 1 THEN 0 END,
                CASE c.state WHEN 1 THEN 0 END, c.dns, c.tcp, CASE c.state WHEN 1 THEN c.tls END,
                CASE c.state WHEN 1 THEN c.upgrade END, CASE c.state WHEN 1 THEN c.read END,
                CASE c.state WHEN 1 THEN c.tcp + c.tls END, 300
            FROM generate_series(0, 95) AS now CROSS JOIN generate_series(1, $DEEP) AS i
            CROSS JOIN generate_series(1, $REGIONS) AS g
            JOIN bench_check c ON c.slot = now AND c.n = abs(hashint4(i * 31 + g) % 300)
            WHERE '$FROM 00:00+00'::timestamptz + at < now() - interval '2 hours'""");

    /** A week of each relay in one piece, as the roll-up writes it; fourteen pairs in each histogram. */
    static final List<String> DAILY = List.of("""
            INSERT INTO relay_daily (relay_id, day, up_seconds, known_seconds, online, degraded, offline, unknown, region, times)
            SELECT i, '$FROM'::date + d, CASE WHEN UP THEN 85500 ELSE 0 END, 86400, CASE WHEN UP THEN 95 ELSE 0 END, 0,
                CASE WHEN UP THEN 1 ELSE 5 END, 0, g, CASE WHEN g = 0 THEN ''::bytea
                    WHEN UP THEN h.up ELSE decode(repeat('0000', 8), 'hex') END
            FROM generate_series(1, $DEEP) AS i CROSS JOIN generate_series(0, $REGIONS) AS g
            CROSS JOIN generate_series(0, 6) AS d
            CROSS JOIN (SELECT decode(string_agg('000e' || pairs, ''), 'hex') AS up
                FROM generate_series(1, 8) AS phase, LATERAL (SELECT string_agg(lpad(to_hex(100 + phase + c), 2, '0') || '07', '')
                    AS pairs FROM generate_series(1, 14) AS c) AS p) AS h""".replace("UP", UP));

    private BenchSql() {}
}
