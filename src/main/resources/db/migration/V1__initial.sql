-- The codes of network, state, stage and reason are those of the enums in org.nostrmonitor.relay.
-- Durations are microseconds. A null outcome was not tested, 0 is passed, else it is a reason's code.

CREATE TABLE regions (
    id   smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text     NOT NULL UNIQUE
);

CREATE TABLE relays (
    id              integer     GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    url             text        NOT NULL UNIQUE,
    host            text        NOT NULL,
    network         smallint    NOT NULL,
    enabled         boolean     NOT NULL DEFAULT true,
    source          text        NOT NULL,
    added_at        timestamptz NOT NULL DEFAULT now()
);

-- What all nodes agree on, seeded from the first scheduler's file.
CREATE TABLE monitor_config (
    key        text        PRIMARY KEY,
    value      jsonb       NOT NULL,
    from_file  jsonb       NOT NULL, -- what a scheduler's file said last: a changed file wins, an unchanged one does not
    changed_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE cycles (
    cycle        timestamptz NOT NULL,
    region       smallint    NOT NULL REFERENCES regions,
    state        text        NOT NULL DEFAULT 'planning' CHECK (state IN ('planning', 'running', 'complete', 'missed')),
    planned      integer     NOT NULL DEFAULT 0,
    deadline     timestamptz NOT NULL,
    started_at   timestamptz NOT NULL DEFAULT now(),
    completed_at timestamptz,
    why          text,
    PRIMARY KEY (cycle, region)
);
CREATE INDEX cycles_unfinished ON cycles (cycle) WHERE state IN ('planning', 'running');

-- One row a check, for ever the same once written. No defaults, no JSON, no foreign keys: this is the big one.
CREATE TABLE relay_results (
    relay_id     integer     NOT NULL,
    region       smallint    NOT NULL,
    state        smallint    NOT NULL,
    cycle        timestamptz NOT NULL,
    checked_at   timestamptz NOT NULL,
    open_stage   smallint,
    open_reason  smallint,
    read_reason  smallint,
    write_reason smallint,
    nip11_reason smallint,
    dns_us       integer,
    tcp_us       integer,
    tls_us       integer,
    upgrade_us   integer,
    read_us      integer,
    write_us     integer,
    nip11_us     integer,
    loop_lag_us  integer,
    PRIMARY KEY (relay_id, region, cycle)
) PARTITION BY RANGE (cycle);
CREATE INDEX relay_results_cycle ON relay_results USING brin (cycle);

-- NIP-11 documents by their SHA-256, with what the lists show of them.
CREATE TABLE relay_documents (
    hash       bytea       PRIMARY KEY,
    body       text        NOT NULL,
    name       text,
    software   text,
    nips       integer[]   NOT NULL DEFAULT '{}',
    first_seen timestamptz NOT NULL DEFAULT now()
);

-- What a region knows of a relay now: one row decides every page. The outcomes of write and nip11, the time of the
-- write and the document are those of the last test of them, which is not made in every cycle. json, not jsonb: nothing
-- looks into it, and a stranger's text may hold what jsonb cannot.
CREATE TABLE relay_current (
    relay_id        integer     NOT NULL REFERENCES relays ON DELETE CASCADE,
    region          smallint    NOT NULL REFERENCES regions,
    state           smallint    NOT NULL,
    since           timestamptz NOT NULL,
    cycle           timestamptz NOT NULL,
    checked_at      timestamptz NOT NULL,
    online_at       timestamptz,
    read_passed_at  timestamptz,
    write_tested_at timestamptz,
    write_passed_at timestamptz,
    nip11_passed_at timestamptz,
    write_reason    smallint,
    nip11_reason    smallint,
    stage           smallint,
    reason          smallint,
    open_us         integer,
    read_us         integer,
    write_us        integer,
    document        bytea       REFERENCES relay_documents,
    report          json        NOT NULL,
    PRIMARY KEY (relay_id, region)
);
CREATE INDEX relay_current_document ON relay_current (document);

-- What the regions together know of a relay: the read model of the lists. Every relay has its row from the start, unknown
-- with no checked_at until a check was conclusive. Who stores a report locks it first. was: the state before since.
CREATE TABLE relay_summary (
    relay_id   integer     PRIMARY KEY REFERENCES relays ON DELETE CASCADE,
    url        text        COLLATE "C" NOT NULL,
    network    smallint    NOT NULL,
    state      smallint    NOT NULL DEFAULT 0,
    was        smallint    NOT NULL DEFAULT 0,
    since      timestamptz NOT NULL,
    checked_at timestamptz,
    stage      smallint,
    reason     smallint,
    open_us    integer,
    read_us    integer,
    write_us   integer,
    writable   boolean,
    name       text,
    software   text,
    nips       integer[]   NOT NULL DEFAULT '{}',
    search     text        NOT NULL
);
CREATE INDEX relay_summary_state ON relay_summary (state, relay_id);
CREATE UNIQUE INDEX relay_summary_url ON relay_summary (url);
CREATE INDEX relay_summary_since ON relay_summary (since) WHERE was <> 0;

-- The newest signed event per relay and key, and the targets that have not yet accepted it.
CREATE TABLE discovery_events (
    relay_id   integer     NOT NULL REFERENCES relays ON DELETE CASCADE,
    pubkey     text        NOT NULL,
    event_id   text        NOT NULL UNIQUE,
    created_at bigint      NOT NULL,
    event      json        NOT NULL,
    pending    text[]      NOT NULL,
    stored_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (relay_id, pubkey)
);
CREATE INDEX discovery_events_pending ON discovery_events USING gin (pending) WHERE pending <> '{}';

-- What the monitor says of itself: kinds 10166, 0 and 10002.
CREATE TABLE announcements (
    pubkey     text        NOT NULL,
    kind       integer     NOT NULL,
    event_id   text        NOT NULL UNIQUE,
    created_at bigint      NOT NULL,
    event      json        NOT NULL,
    pending    text[]      NOT NULL,
    stored_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (pubkey, kind)
);
