-- History that stays fast: docs/performance.md has the figures, docs/probing.md what uptime is.
-- The region 0 stands for all regions together; the numbers of regions begin with 1.

-- A time in one byte: 0 is none, else the number of its bucket. 255 buckets from 0.1 ms to 60 s, each 5.4 % wider than the
-- one before, so that the middle of a bucket is within 2.7 % of all in it. As org.nostrmonitor.storage.TimeCode.
CREATE FUNCTION time_code(us integer) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT substring(int4send(CASE WHEN us IS NULL THEN 0
        ELSE least(255, greatest(1, floor(ln(greatest(us, 1) / 100.0::float8) / (ln(600000::float8) / 255))::integer + 1))
        END) FROM 4)
$$;

-- One check in eleven bytes: the second of the day by two, the state, the times of eight phases. As org.nostrmonitor.storage.Sheet.
CREATE FUNCTION check_entry(cycle timestamptz, state smallint, dns integer, tcp integer, tls integer, upgrade integer,
    open integer, read integer, write integer, nip11 integer) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT substring(int4send((floor(extract(epoch FROM cycle))::bigint % 86400 / 2)::integer) FROM 3)
        || substring(int2send(state) FROM 2) || time_code(dns) || time_code(tcp) || time_code(tls) || time_code(upgrade)
        || time_code(open) || time_code(read) || time_code(write) || time_code(nip11)
$$;

-- What hourly figures are read from: all checks of a relay, a region and a day (UTC, of the cycle), one entry after another
-- as they were stored. No hour has a row of its own: an hour is four checks or so, and its row would be mostly header.
CREATE TABLE relay_hourly (
    relay_id integer  NOT NULL,
    region   smallint NOT NULL,
    day      date     NOT NULL,
    checks   bytea    NOT NULL,
    PRIMARY KEY (relay_id, region, day)
) PARTITION BY RANGE (day);

-- One row a relay, region and day, and one with region 0. Made from relay_hourly a week at a time, so that the days of a
-- relay lie together; the index alone answers what a relay's uptime was. times: a histogram for each phase.
CREATE TABLE relay_daily (
    relay_id      integer  NOT NULL,
    day           date     NOT NULL,
    up_seconds    integer  NOT NULL,
    known_seconds integer  NOT NULL,
    online        integer  NOT NULL,
    degraded      integer  NOT NULL,
    offline       integer  NOT NULL,
    unknown       integer  NOT NULL,
    region        smallint NOT NULL,
    times         bytea    NOT NULL,
    PRIMARY KEY (relay_id, region, day) INCLUDE (up_seconds, known_seconds)
) PARTITION BY RANGE (day);

-- All days before this one, a Monday, are in relay_daily. late: counts results that came after their day had been, so that
-- a roll-up that was going on meanwhile does not believe itself.
CREATE TABLE daily_rolled_up (
    one   boolean PRIMARY KEY DEFAULT true CHECK (one),
    until date    NOT NULL,
    late  bigint  NOT NULL DEFAULT 0
);

-- 96 quarter hours, one character each: the code of a state, 0 where nothing was found out. slot: the number of the last
-- one, counted from 1970.
CREATE TABLE relay_strips (
    relay_id integer  NOT NULL REFERENCES relays ON DELETE CASCADE,
    region   smallint NOT NULL,
    slot     integer  NOT NULL,
    states   text     NOT NULL,
    PRIMARY KEY (relay_id, region)
) WITH (fillfactor = 70);

-- The time that a relay was offline, or degraded, without a break. The first reason, and the last.
CREATE TABLE relay_incidents (
    id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    relay_id     integer     NOT NULL REFERENCES relays ON DELETE CASCADE,
    region       smallint    NOT NULL,
    state        smallint    NOT NULL,
    began_at     timestamptz NOT NULL,
    ended_at     timestamptz,
    first_stage  smallint,
    first_reason smallint,
    stage        smallint,
    reason       smallint
);
CREATE UNIQUE INDEX relay_incidents_open ON relay_incidents (relay_id, region) WHERE ended_at IS NULL;
CREATE INDEX relay_incidents_newest ON relay_incidents (relay_id, region, began_at, id);
CREATE INDEX relay_incidents_ended ON relay_incidents USING brin (ended_at);

-- What the dashboard says of all relays, counted every few seconds and not by each request.
CREATE TABLE network_now (
    one      boolean     PRIMARY KEY DEFAULT true CHECK (one),
    taken_at timestamptz NOT NULL,
    took_ms  integer     NOT NULL,
    counts   json        NOT NULL
);

-- The same in numbers, as it was when each hour was counted last. No row: nobody counted.
CREATE TABLE network_hourly (
    hour     timestamptz PRIMARY KEY,
    taken_at timestamptz NOT NULL,
    online   integer     NOT NULL,
    degraded integer     NOT NULL,
    offline  integer     NOT NULL,
    unknown  integer     NOT NULL
);

-- What is there already.
DO $$
DECLARE
    day date;
BEGIN
    FOR day IN
        SELECT DISTINCT (cycle AT TIME ZONE 'UTC')::date FROM relay_results
        UNION SELECT (now() AT TIME ZONE 'UTC')::date + ahead FROM generate_series(-1, 2) AS ahead
    LOOP
        EXECUTE format('CREATE TABLE relay_hourly_%s PARTITION OF relay_hourly FOR VALUES FROM (%L) TO (%L) WITH (fillfactor = 80)',
            to_char(day, 'YYYYMMDD'), day, day + 1);
    END LOOP;
END
$$;

-- How long a check took to fail is no time of a phase. A time of TLS that is missing was withheld, and so is the whole's.
INSERT INTO relay_hourly (relay_id, region, day, checks)
SELECT x.relay_id, x.region, (x.cycle AT TIME ZONE 'UTC')::date, string_agg(check_entry(x.cycle, x.state,
        CASE WHEN x.open_reason = 0 OR x.open_stage > 1 THEN x.dns_us END,
        CASE WHEN x.open_reason = 0 OR x.open_stage > 2 THEN x.tcp_us END,
        CASE WHEN x.open_reason = 0 OR x.open_stage > 3 THEN x.tls_us END,
        CASE WHEN x.open_reason = 0 THEN x.upgrade_us END,
        CASE WHEN x.open_reason = 0 AND (x.tls_us IS NOT NULL OR r.url LIKE 'ws:%')
            THEN x.tcp_us + coalesce(x.tls_us, 0) + x.upgrade_us END,
        CASE WHEN x.read_reason = 0 OR x.read_reason >= 100 THEN x.read_us END,
        CASE WHEN x.write_reason = 0 THEN x.write_us END,
        CASE WHEN x.nip11_reason = 0 THEN x.nip11_us END), ''::bytea ORDER BY x.cycle)
FROM relay_results x JOIN relays r ON r.id = x.relay_id
GROUP BY 1, 2, 3;

INSERT INTO daily_rolled_up (until)
SELECT date_trunc('week', coalesce(min(day), (now() AT TIME ZONE 'UTC')::date)::timestamp)::date FROM relay_hourly;

-- A quarter hour of a region is its last conclusive check in it, of all of them what most say: up in a tie.
WITH slots AS (
    SELECT floor(extract(epoch FROM now()) / 900)::integer AS last),
found AS (
    SELECT DISTINCT ON (x.relay_id, x.region, slot) x.relay_id, x.region, x.state,
        floor(extract(epoch FROM x.cycle) / 900)::integer AS slot
    FROM relay_results x JOIN relays r ON r.id = x.relay_id
    WHERE x.cycle > now() - interval '25 hours' AND x.state <> 0
    ORDER BY x.relay_id, x.region, slot, x.cycle DESC),
said AS (
    SELECT relay_id, region, slot, state FROM found
    UNION ALL
    SELECT relay_id, 0, slot,
        CASE WHEN count(*) FILTER (WHERE state = 3) > count(*) FILTER (WHERE state IN (1, 2)) THEN 3
             WHEN count(*) FILTER (WHERE state = 2) > count(*) FILTER (WHERE state = 1) THEN 2
             ELSE 1 END
    FROM found GROUP BY relay_id, slot)
INSERT INTO relay_strips (relay_id, region, slot, states)
SELECT w.relay_id, w.region, max(slots.last), string_agg(coalesce(s.state, 0)::text, '' ORDER BY i)
FROM (SELECT DISTINCT relay_id, region FROM said) AS w
CROSS JOIN slots CROSS JOIN generate_series(0, 95) AS i
LEFT JOIN said s ON s.relay_id = w.relay_id AND s.region = w.region AND s.slot = slots.last - 95 + i
GROUP BY w.relay_id, w.region;

-- Incidents that are over, by region, as far as the results go back; those that go on, from what is known now.
WITH told AS (
    SELECT x.*, lag(state) OVER one AS before FROM relay_results x JOIN relays r ON r.id = x.relay_id WHERE state <> 0
    WINDOW one AS (PARTITION BY relay_id, region ORDER BY cycle)),
runs AS (
    SELECT *, count(*) FILTER (WHERE state IS DISTINCT FROM before) OVER (PARTITION BY relay_id, region ORDER BY cycle) AS run
    FROM told),
spans AS (
    SELECT relay_id, region, run, state, min(checked_at) AS began_at,
        (array_agg(open_stage ORDER BY cycle))[1] AS first_stage, (array_agg(nullif(open_reason, 0) ORDER BY cycle))[1] AS first_reason,
        (array_agg(open_stage ORDER BY cycle DESC))[1] AS stage, (array_agg(nullif(open_reason, 0) ORDER BY cycle DESC))[1] AS reason,
        lead(min(checked_at)) OVER (PARTITION BY relay_id, region ORDER BY run) AS ended_at
    FROM runs GROUP BY relay_id, region, run, state)
INSERT INTO relay_incidents (relay_id, region, state, began_at, ended_at, first_stage, first_reason, stage, reason)
SELECT relay_id, region, state, began_at, ended_at, first_stage, first_reason, stage, reason
FROM spans WHERE state IN (2, 3) AND ended_at IS NOT NULL;

INSERT INTO relay_incidents (relay_id, region, state, began_at, first_stage, first_reason, stage, reason)
SELECT relay_id, region, state, since, stage, reason, stage, reason FROM relay_current WHERE state IN (2, 3)
UNION ALL
SELECT relay_id, 0, state, since, stage, reason, stage, reason FROM relay_summary WHERE state IN (2, 3);
