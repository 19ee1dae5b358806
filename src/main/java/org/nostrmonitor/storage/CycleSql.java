package org.nostrmonitor.storage;

/** The statements of {@link PgCycleRepository}. */
final class CycleSql {
    /**
     * A row if this term leads. The lock makes whoever takes over wait for the end of our statement, so that none is half
     * under one term and half under the next.
     */
    private static final String LEADER = """
            WITH leader AS (
                SELECT 1 FROM leadership
                WHERE role = '%s' AND term = $1::bigint AND expires_at > clock_timestamp() FOR SHARE)
            """.formatted(Leadership.SCHEDULER);

    static final String BEGIN = LEADER + """
            INSERT INTO cycles (cycle, region, deadline)
            SELECT $2::timestamptz, $3::smallint, $4::timestamptz FROM leader
            ON CONFLICT DO NOTHING""";

    static final String PLANNED = LEADER + """
            UPDATE cycles SET state = 'running', planned = greatest(planned, $4::integer) FROM leader
            WHERE cycle = $2 AND region = $3 AND state IN ('planning', 'running')""";

    static final String END = LEADER + """
            UPDATE cycles SET state = $4, why = $5, completed_at = now() FROM leader
            WHERE cycle = $2 AND region = $3 AND state IN ('planning', 'running')""";

    static final String RECORD_MISSED = LEADER + """
            INSERT INTO cycles (cycle, region, state, deadline, completed_at, why)
            SELECT tick, $2::smallint, 'missed', deadline, now(), why
            FROM leader, unnest($3::timestamptz[], $4::timestamptz[], $5::text[]) AS missed (tick, deadline, why)
            ON CONFLICT DO NOTHING""";

    static final String STORED =
            "SELECT count(*)::integer AS stored FROM relay_results WHERE region = $1 AND cycle = $2";

    private static final String SELECT = """
            SELECT cycle, name, state, planned, deadline, started_at, completed_at, why
            FROM cycles JOIN regions ON regions.id = cycles.region""";

    static final String UNFINISHED = SELECT + " WHERE name = $1 AND state IN ('planning', 'running') ORDER BY cycle";
    static final String LATEST = SELECT + " ORDER BY cycle DESC, name LIMIT $1";
    static final String LATEST_OF_REGION = SELECT + " WHERE name = $1 ORDER BY cycle DESC LIMIT $2";

    static final String NEWEST = """
            SELECT max(cycle) AS newest FROM cycles JOIN regions ON regions.id = cycles.region
            WHERE name = $1 AND cycle <= $2""";

    static final String REGIONS = """
            SELECT name FROM regions LEFT JOIN cycles ON cycles.region = regions.id
            GROUP BY name
            HAVING coalesce(max(cycle) FILTER (WHERE state <> 'missed'), min(cycle), $1::timestamptz)
                > $1::timestamptz - interval '7 days'""";

    private CycleSql() {}
}
