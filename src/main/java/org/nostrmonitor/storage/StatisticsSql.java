package org.nostrmonitor.storage;

import java.util.stream.Collectors;
import org.nostrmonitor.storage.Statistics.Kind;
import org.nostrmonitor.storage.Statistics.Shape;

/** The statements that count what relays have in common, and those that read it. Aliases and disabled relays are not counted. */
final class StatisticsSql {
    private static final String UP = " FROM relay_summary WHERE listed = 1 AND state IN (1, 2) ";

    /** By the bucket of the time to open; null where that is not known. */
    static final String OPENS = "SELECT width_bucket(open_us, ARRAY["
            + Shape.OPEN_BOUNDS_MS.stream().map(ms -> ms + "000").collect(Collectors.joining(","))
            + "]) AS bucket, count(*)::integer AS relays" + UP + "GROUP BY bucket";

    static final String COUNTRIES =
            "SELECT country AS what, count(*)::integer AS relays" + UP + "GROUP BY country ORDER BY relays DESC, what";

    /** One degree is a hundred kilometres or less. The middle of those that are there, not of the field: most are in a city. */
    static final String PLACES = """
            SELECT round(avg(lat)::numeric, 2)::float8 AS lat, round(avg(lon)::numeric, 2)::float8 AS lon,
                count(*)::integer AS relays, count(*) FILTER (WHERE state IN (1, 2))::integer AS up
            FROM relay_summary WHERE listed = 1 AND lat IS NOT NULL AND lon IS NOT NULL
            GROUP BY round(lat::numeric), round(lon::numeric) ORDER BY up DESC, relays DESC, lat, lon""";

    static final String PUT_SHAPE = """
            INSERT INTO network_shape (taken_at, took_ms, counts) VALUES (now(), $1, $2::text::json)
            ON CONFLICT (one) DO UPDATE SET
                taken_at = EXCLUDED.taken_at, took_ms = EXCLUDED.took_ms, counts = EXCLUDED.counts""";

    /** Counted anew after half a minute, and half a minute and thirty times what it took. */
    static final String SHAPE_FRESH = """
            SELECT now() - taken_at < interval '30 s' + interval '30 ms' * took_ms AND taken_at <= now() AS fresh
            FROM network_shape""";

    static final String SHAPE = "SELECT taken_at, counts::text AS counts FROM network_shape";

    /** One node at a time. */
    static final String TALLY_TURN = "SELECT pg_advisory_xact_lock(hashtext('network_tallies'))";

    static final String TALLIES_FRESH = """
            SELECT EXISTS (
                SELECT FROM network_tally_days
                WHERE day = (now() AT TIME ZONE 'UTC')::date AND taken_at > now() - interval '10 min'
                  AND taken_at <= now()) AS fresh""";

    static final String FORGET_TODAY = "DELETE FROM network_tallies WHERE day = (now() AT TIME ZONE 'UTC')::date";

    /**
     * A relay that names a NIP twice counts once for it. The name of a system is what the report of some relay there says, or
     * said on an earlier day: of a few, since not each report has one.
     */
    static final String TALLY = """
            WITH up AS MATERIALIZED (
                SELECT left(software, 200) AS software, nips, country, network, asn
                FROM relay_summary WHERE listed = 1 AND state IN (1, 2)),
            said AS (
                SELECT $SOFTWARE AS kind, software AS what FROM up
                UNION ALL SELECT $NIP, nip::text FROM up CROSS JOIN LATERAL (SELECT DISTINCT unnest(nips) AS nip) AS n
                UNION ALL SELECT $COUNTRY, country FROM up
                UNION ALL SELECT $NETWORK, (ARRAY['clearnet', 'tor', 'i2p', 'loki'])[network + 1] FROM up
                UNION ALL SELECT $ASN, asn::text FROM up),
            counted AS (
                SELECT kind, what, count(*)::integer AS relays,
                    row_number() OVER (PARTITION BY kind ORDER BY count(*) DESC, what) AS place
                FROM said WHERE what IS NOT NULL GROUP BY kind, what),
            put AS (
                INSERT INTO network_tallies (kind, what, day, relays, name)
                SELECT kind, what, (now() AT TIME ZONE 'UTC')::date, relays, CASE kind WHEN $ASN THEN coalesce((
                    SELECT name FROM (
                        SELECT c.report #>> '{facts,place,asName}' AS name, c.report #>> '{facts,place,asn}' AS asn
                        FROM relay_summary s JOIN relay_current c ON c.relay_id = s.relay_id
                        WHERE s.listed = 1 AND s.asn = what::bigint LIMIT 20) AS few
                    WHERE asn = what AND name IS NOT NULL LIMIT 1), (
                    SELECT t.name FROM network_tallies t WHERE t.kind = $ASN AND t.what = counted.what AND t.name IS NOT NULL
                    ORDER BY t.day DESC LIMIT 1)) END
                FROM counted WHERE place <= $KEPT)
            INSERT INTO network_tally_days AS d (kind, day, taken_at, up, told, different)
            SELECT kind, (now() AT TIME ZONE 'UTC')::date, now(), (SELECT count(*) FROM up), told,
                (SELECT count(*) FROM counted WHERE counted.kind = known.kind)
            FROM (
                SELECT count(software) AS software, count(*) FILTER (WHERE nips <> '{}') AS nip, count(country) AS country,
                    count(*) AS network, count(asn) AS asn FROM up) AS x
            CROSS JOIN LATERAL (VALUES ($SOFTWARE, software), ($NIP, nip), ($COUNTRY, country), ($NETWORK, network),
                ($ASN, asn)) AS known (kind, told)
            ON CONFLICT (kind, day) DO UPDATE SET
                taken_at = EXCLUDED.taken_at, up = EXCLUDED.up, told = EXCLUDED.told, different = EXCLUDED.different""".replace("$SOFTWARE", "" + Kind.SOFTWARE.code())
            .replace("$NIP", "" + Kind.NIP.code())
            .replace("$COUNTRY", "" + Kind.COUNTRY.code())
            .replace("$NETWORK", "" + Kind.NETWORK.code())
            .replace("$ASN", "" + Kind.ASN.code())
            .replace("$KEPT", "" + Statistics.KEPT);

    /** The days of a span that are told: back from the last that was counted, every so many. */
    static final String DAYS = """
            WITH latest AS (SELECT max(day) AS day FROM network_tally_days WHERE kind = $1 AND day >= $2 AND day <= $3)
            SELECT d.day, d.taken_at, d.up, d.told, d.different
            FROM network_tally_days d, latest
            WHERE d.kind = $1 AND d.day >= $2 AND d.day <= $3 AND (latest.day - d.day) % $4 = 0
            ORDER BY d.day""";

    static final String SERIES = """
            WITH latest AS (SELECT max(day) AS day FROM network_tally_days WHERE kind = $1 AND day >= $2 AND day <= $3),
            first AS MATERIALIZED (
                SELECT t.what, t.relays AS last, t.name FROM network_tallies t, latest
                WHERE t.kind = $1 AND t.day = latest.day ORDER BY t.relays DESC, t.what LIMIT $5)
            SELECT first.what, first.name, t.day, t.relays
            FROM first CROSS JOIN latest JOIN network_tallies t ON t.kind = $1 AND t.what = first.what
            WHERE t.day >= $2 AND t.day <= $3 AND (latest.day - t.day) % $4 = 0
            ORDER BY first.last DESC, first.what, t.day""";

    static final String FORGET_TALLIES = "DELETE FROM network_tallies WHERE day < $1::date";
    static final String FORGET_TALLY_DAYS = "DELETE FROM network_tally_days WHERE day < $1::date";
    static final String FORGET_HOURS =
            "DELETE FROM network_hourly WHERE hour < ($1::date)::timestamp AT TIME ZONE 'UTC'";

    private StatisticsSql() {}
}
