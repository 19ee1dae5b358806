package org.nostrmonitor.storage;

/** The statements of the read model. Disabled relays are in no list and no count, aliases only where they are asked for. */
final class ViewSql {
    static final String ITEM_COLUMNS = """
            s.relay_id, s.url, s.network, s.state, s.since, s.checked_at, s.stage, s.reason,
            s.open_us, s.read_us, s.write_us, s.writable, s.name, s.software,
            s.added_at, s.country, s.asn, s.auth, s.payment, s.pow, s.restricted, s.uptime_day, s.uptime, s.uptime_month,
            s.contact, s.nips, s.tags, s.listed, s.lat, s.lon, s.search""";

    private static final String COUNTED = " FROM (SELECT * FROM relay_summary WHERE listed = 1) AS s ";

    static final String ONE = "SELECT " + ITEM_COLUMNS + """
            , r.enabled, r.source, r.priority > 0 AS first, r.opted_out_at, r.opted_out_why
            FROM relay_summary s JOIN relays r ON r.id = s.relay_id WHERE r.url = $1""";

    static final String IS_KNOWN = "SELECT EXISTS (SELECT FROM relays WHERE url = $1) AS known";

    static final String STRIPS_BY_RELAY = """
            SELECT t.relay_id AS whose, t.slot, t.states, c.hour, c.opened
            FROM relay_strips t LEFT JOIN relay_recent c ON c.relay_id = t.relay_id
            WHERE t.relay_id = ANY ($1::integer[]) AND t.region = 0""";

    static final String STRIPS_BY_REGION = """
            SELECT region::integer AS whose, slot, states, NULL::integer AS hour, NULL::bytea AS opened FROM relay_strips
            WHERE relay_id = ANY ($1::integer[]) AND region <> 0""";

    static final String REGIONS = """
            SELECT g.name, c.region, c.state, c.since, c.online_at, c.nip11_passed_at, c.report::text AS report,
                c.known::text AS known, d.body
            FROM relay_current c JOIN regions g ON g.id = c.region
            LEFT JOIN relay_documents d ON d.hash = c.document
            WHERE c.relay_id = $1 ORDER BY g.name""";

    /**
     * Each region by itself, in the order of the key: so no more is read than is shown. With ties, so that paging by cycle
     * loses no region's result of the last cycle of a page.
     */
    static final String RESULTS = """
            SELECT g.name, x.*, $1 LIKE 'wss:%' AS secure
            FROM regions g CROSS JOIN LATERAL (
                SELECT * FROM relay_results
                WHERE relay_id = (SELECT id FROM relays WHERE url = $1) AND region = g.id
                  AND cycle < coalesce($3::timestamptz, 'infinity')
                ORDER BY cycle DESC LIMIT $4) AS x
            WHERE $2::text IS NULL OR g.name = $2::text
            ORDER BY x.cycle DESC FETCH FIRST $4 ROWS WITH TIES""";

    private static final String WORSE = "s.was > 0 AND s.state > s.was";
    private static final String BACK = "s.was = 3 AND s.state < 3";
    private static final String BETTER = "s.was = 2 AND s.state < 2";
    private static final String IN_A_DAY = "s.since > now() - interval '24 hours'";

    /** first: since the first check; worse: since it was up; back: since it was offline. */
    static final String STATES =
            """
            SELECT s.state, s.network, count(*)::integer AS relays, max(s.checked_at) AS checked_at,
                count(*) FILTER (WHERE s.was = 0)::integer AS first,
                count(*) FILTER (WHERE $WORSE)::integer AS worse,
                count(*) FILTER (WHERE $WORSE AND $IN_A_DAY)::integer AS worse_in_a_day,
                count(*) FILTER (WHERE $BACK AND $IN_A_DAY)::integer AS back_in_a_day""".replace("$WORSE", WORSE).replace("$BACK", BACK).replace("$IN_A_DAY", IN_A_DAY)
                    + COUNTED + "GROUP BY s.state, s.network";

    static final String TIMES = """
            SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY s.open_us) AS open_p50,
                percentile_disc(0.95) WITHIN GROUP (ORDER BY s.open_us) AS open_p95,
                percentile_disc(0.5) WITHIN GROUP (ORDER BY s.read_us) AS read_p50""" + COUNTED + "WHERE s.state IN (1, 2)";

    /**
     * The newest changes of each kind: 1 for the worse, 2 back from being offline, 3 to online from degraded; so each is a walk
     * along an index of its own. From unknown to the first state is no change.
     */
    static final String CHANGES =
            turned(1, WORSE) + " UNION ALL " + turned(2, BACK) + " UNION ALL " + turned(3, BETTER);

    private static String turned(int turn, String which) {
        return "(SELECT " + turn + " AS turn, " + IN_A_DAY + " AS in_a_day, " + ITEM_COLUMNS + COUNTED + "WHERE "
                + which + " ORDER BY s.since DESC, s.relay_id LIMIT " + Turned.READ + ")";
    }

    static final String SOFTWARE = "SELECT s.software AS what, count(*)::integer AS relays" + COUNTED + """
            WHERE s.state IN (1, 2) AND s.software IS NOT NULL
            GROUP BY s.software ORDER BY relays DESC, what LIMIT 10""";

    /** Those that claim the same are counted first: there are far fewer lists of NIPs than relays. */
    static final String NIPS = "WITH alike AS (SELECT s.nips, count(*) AS relays" + COUNTED + """
            WHERE s.state IN (1, 2) GROUP BY s.nips)
            SELECT nip::text AS what, sum(relays)::integer AS relays
            FROM alike CROSS JOIN LATERAL unnest(nips) AS nip GROUP BY nip ORDER BY relays DESC, nip LIMIT 12""";

    static final String FAILURES = "SELECT s.stage, s.reason, count(*)::integer AS relays" + COUNTED + """
            WHERE s.state = 3 AND s.stage IS NOT NULL AND s.reason IS NOT NULL
            GROUP BY s.stage, s.reason ORDER BY relays DESC, s.stage, s.reason LIMIT 8""";

    static final String ALIASES =
            "SELECT count(*)::integer AS aliases FROM relays WHERE enabled AND alias_of IS NOT NULL";

    static final String ALIAS_OF = """
            SELECT head.url, r.alias_why, r.alias_since
            FROM relays r JOIN relays head ON head.id = r.alias_of WHERE r.url = $1""";

    static final String ALIASES_OF = """
            SELECT a.url, a.alias_why, a.alias_since, count(*) OVER ()::integer AS total
            FROM relays a JOIN relays r ON r.id = a.alias_of
            WHERE r.url = $1 ORDER BY a.url COLLATE "C" LIMIT 100""";

    private ViewSql() {}
}
