package org.nostrmonitor.storage;

/** The statements of {@link ReportTransaction}, in their order. */
final class ReportSql {
    /**
     * The ids of relays. Locks their summaries in the order of ids, so that of two that store reports of the same relay the
     * second sees all that the first did, and no two wait for one another. One that opted out since its job was planned is as
     * good as unknown.
     */
    static final String LOCK = """
            SELECT r.id, r.url, r.alias_of IS NOT NULL AS alias FROM relays r JOIN relay_summary s ON s.relay_id = r.id
            WHERE r.url = ANY ($1::text[]) AND r.opted_out_at IS NULL ORDER BY s.relay_id FOR UPDATE OF s""";

    static final String STANDINGS = """
            SELECT c.relay_id, c.state, c.since, c.checked_at, c.online_at, c.read_passed_at,
                   c.write_tested_at, c.write_reason, c.write_passed_at, c.write_us, c.nip11_tested_at, c.nip11_reason,
                   c.nip11_passed_at, c.known::text AS known, c.capabilities_tested_at
            FROM unnest($1::integer[], $2::smallint[]) AS given (relay_id, region)
            JOIN relay_current c USING (relay_id, region)""";

    static final String RESULTS = """
            INSERT INTO relay_results (
                relay_id, region, state, cycle, checked_at, open_stage, open_reason, read_reason, write_reason,
                nip11_reason, dns_us, tcp_us, tls_us, upgrade_us, read_us, write_us, nip11_us, loop_lag_us)
            SELECT * FROM unnest(
                $1::integer[], $2::smallint[], $3::smallint[], $4::timestamptz[], $5::timestamptz[], $6::smallint[],
                $7::smallint[], $8::smallint[], $9::smallint[], $10::smallint[], $11::integer[], $12::integer[],
                $13::integer[], $14::integer[], $15::integer[], $16::integer[], $17::integer[], $18::integer[])
            ON CONFLICT DO NOTHING RETURNING relay_id""";

    static final String DOCUMENTS = """
            INSERT INTO relay_documents (
                hash, body, name, software, contact, nips, tags, auth, payment, pow, restricted)
            SELECT hash, body, name, software, contact, ARRAY(SELECT jsonb_array_elements_text(nips::jsonb)::integer),
                ARRAY(SELECT jsonb_array_elements_text(tags::jsonb)), auth, payment, pow, restricted
            FROM unnest($1::bytea[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
                $8::boolean[], $9::boolean[], $10::boolean[], $11::boolean[])
                AS given (hash, body, name, software, contact, nips, tags, auth, payment, pow, restricted)
            ORDER BY hash
            ON CONFLICT DO NOTHING""";

    static final String CURRENT = """
            INSERT INTO relay_current AS c (
                relay_id, region, state, since, cycle, checked_at, online_at, read_passed_at, write_tested_at,
                write_passed_at, nip11_passed_at, write_reason, nip11_reason, stage, reason, open_us, read_us, write_us,
                document, report, nip11_tested_at, known, capabilities_tested_at)
            SELECT relay_id, region, state, since, cycle, checked_at, online_at, read_passed_at, write_tested_at,
                write_passed_at, nip11_passed_at, write_reason, nip11_reason, stage, reason, open_us, read_us, write_us,
                document, report::json, nip11_tested_at, known::json, capabilities_tested_at
            FROM unnest(
                $1::integer[], $2::smallint[], $3::smallint[], $4::timestamptz[], $5::timestamptz[], $6::timestamptz[],
                $7::timestamptz[], $8::timestamptz[], $9::timestamptz[], $10::timestamptz[], $11::timestamptz[],
                $12::smallint[], $13::smallint[], $14::smallint[], $15::smallint[], $16::integer[], $17::integer[],
                $18::integer[], $19::bytea[], $20::text[], $21::timestamptz[], $22::text[], $23::timestamptz[])
                AS given (
                relay_id, region, state, since, cycle, checked_at, online_at, read_passed_at, write_tested_at,
                write_passed_at, nip11_passed_at, write_reason, nip11_reason, stage, reason, open_us, read_us, write_us,
                document, report, nip11_tested_at, known, capabilities_tested_at)
            ORDER BY relay_id
            ON CONFLICT (relay_id, region) DO UPDATE SET
                state = EXCLUDED.state, since = EXCLUDED.since, cycle = EXCLUDED.cycle,
                checked_at = EXCLUDED.checked_at, online_at = EXCLUDED.online_at,
                read_passed_at = EXCLUDED.read_passed_at, write_tested_at = EXCLUDED.write_tested_at,
                write_passed_at = EXCLUDED.write_passed_at, nip11_passed_at = EXCLUDED.nip11_passed_at,
                write_reason = EXCLUDED.write_reason, nip11_reason = EXCLUDED.nip11_reason, stage = EXCLUDED.stage,
                reason = EXCLUDED.reason, open_us = EXCLUDED.open_us, read_us = EXCLUDED.read_us,
                write_us = EXCLUDED.write_us, document = coalesce(EXCLUDED.document, c.document),
                report = EXCLUDED.report, nip11_tested_at = EXCLUDED.nip11_tested_at, known = EXCLUDED.known,
                capabilities_tested_at = EXCLUDED.capabilities_tested_at""";

    /**
     * What the regions say together. Up against offline by majority, then online against degraded, in a tie the better: a
     * relay that is up is not called down. A region that has not measured for a day longer than another has no vote. The
     * numbers are those of the newest region that says the same. Rate-limited (104) and muted (105) say nothing of whether
     * it is writable, and what an offline relay once accepted is not what it is. What it asks for is what was seen last in
     * any region, else what it claims. It stays where it was seen last: a look that reached no address moves it nowhere.
     */
    static final String SUMMARIES = """
            WITH seen AS (
                SELECT *, max(checked_at) OVER (PARTITION BY relay_id) AS newest
                FROM relay_current WHERE relay_id = ANY ($1::integer[]) AND state <> 0),
            votes AS (
                SELECT * FROM seen WHERE checked_at > newest - interval '1 day'),
            verdicts AS (
                SELECT relay_id, newest,
                    CASE WHEN count(*) FILTER (WHERE state = 3) > count(*) FILTER (WHERE state IN (1, 2)) THEN 3
                         WHEN count(*) FILTER (WHERE state = 2) > count(*) FILTER (WHERE state = 1) THEN 2
                         ELSE 1 END::smallint AS state
                FROM votes GROUP BY relay_id, newest),
            chosen AS (
                SELECT DISTINCT ON (relay_id) *
                FROM votes JOIN verdicts USING (relay_id, newest, state)
                ORDER BY relay_id, checked_at DESC),
            described AS (
                SELECT DISTINCT ON (c.relay_id) c.relay_id, d.name, d.software, d.nips, d.contact, d.tags, d.auth,
                    d.payment, d.pow, d.restricted
                FROM relay_current c JOIN relay_documents d ON d.hash = c.document
                WHERE c.relay_id = ANY ($1::integer[])
                ORDER BY c.relay_id, c.nip11_passed_at DESC),
            behaved AS (
                SELECT c.relay_id,
                    (array_agg(o.auth ORDER BY c.checked_at DESC) FILTER (WHERE o.auth IS NOT NULL))[1] AS auth,
                    (array_agg(o.payment ORDER BY c.checked_at DESC) FILTER (WHERE o.payment IS NOT NULL))[1] AS payment,
                    (array_agg(o.pow ORDER BY c.checked_at DESC) FILTER (WHERE o.pow IS NOT NULL))[1] AS pow,
                    (array_agg(o.writes ORDER BY c.checked_at DESC) FILTER (WHERE o.writes IS NOT NULL))[1] AS restricted
                FROM relay_current c CROSS JOIN LATERAL json_to_record(coalesce(c.known -> 'observed', '{}'))
                    AS o (auth boolean, payment boolean, pow boolean, writes boolean)
                WHERE c.relay_id = ANY ($1::integer[]) GROUP BY c.relay_id),
            seen_at AS MATERIALIZED (
                SELECT relay_id, checked_at, report #> '{facts,place}' AS place
                FROM relay_current WHERE relay_id = ANY ($1::integer[])),
            newest_place AS MATERIALIZED (
                SELECT DISTINCT ON (relay_id) relay_id, place FROM seen_at
                WHERE place IS NOT NULL ORDER BY relay_id, checked_at DESC),
            placed AS (
                SELECT relay_id, place ->> 'country' AS country, (place ->> 'asn')::bigint AS asn,
                    geohash_middle(place ->> 'geohash') AS middle FROM newest_place)
            UPDATE relay_summary s SET
                was = CASE WHEN s.state = c.state THEN s.was ELSE s.state END,
                since = CASE WHEN s.state = c.state THEN s.since ELSE c.newest END,
                state = c.state, checked_at = c.newest, stage = c.stage, reason = c.reason,
                open_us = c.open_us, read_us = c.read_us,
                write_us = CASE WHEN c.state <> 3 THEN c.write_us END,
                writable = CASE WHEN c.state <> 3 AND c.write_reason NOT IN (104, 105) THEN c.write_reason = 0 END,
                name = d.name, software = d.software, nips = coalesce(d.nips, '{}'), tags = coalesce(d.tags, '{}'),
                contact = d.contact,
                search = lower(concat_ws(' ', s.url, d.name, d.software, d.contact) COLLATE "default"),
                auth = coalesce(b.auth, d.auth), payment = coalesce(b.payment, d.payment), pow = coalesce(b.pow, d.pow),
                restricted = coalesce(b.restricted, d.restricted),
                country = CASE WHEN p.relay_id IS NULL THEN s.country ELSE p.country END,
                asn = CASE WHEN p.relay_id IS NULL THEN s.asn ELSE p.asn END,
                lat = CASE WHEN p.relay_id IS NULL THEN s.lat ELSE p.middle[1] END,
                lon = CASE WHEN p.relay_id IS NULL THEN s.lon ELSE p.middle[2] END
            FROM chosen c LEFT JOIN described d ON d.relay_id = c.relay_id
                LEFT JOIN behaved b ON b.relay_id = c.relay_id LEFT JOIN placed p ON p.relay_id = c.relay_id
            WHERE s.relay_id = c.relay_id""";

    static final String EVENTS = """
            INSERT INTO discovery_events AS d (relay_id, pubkey, event_id, created_at, event, pending)
            SELECT relay_id, pubkey, event_id, created_at, event::json,
                ARRAY(SELECT jsonb_array_elements_text(targets::jsonb))
            FROM unnest($1::integer[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[])
                AS given (relay_id, pubkey, event_id, created_at, event, targets)
            ORDER BY relay_id
            ON CONFLICT (relay_id, pubkey) DO UPDATE SET
                event_id = EXCLUDED.event_id, created_at = EXCLUDED.created_at, event = EXCLUDED.event,
                pending = EXCLUDED.pending, deliveries = '{}', stored_at = now()
            WHERE d.created_at < EXCLUDED.created_at
            RETURNING relay_id""";

    private ReportSql() {}
}
