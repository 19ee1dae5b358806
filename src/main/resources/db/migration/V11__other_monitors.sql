-- Other monitors (NIP-66), as they present themselves, and what they said last of the relays that are known here. None of it
-- has any part in our own states, incidents or uptimes.
CREATE TABLE monitors (
    id            integer     GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    pubkey        text        NOT NULL UNIQUE,
    name          text,                 -- of its kind 0, as it says
    named_at      timestamptz,
    frequency     integer,              -- of its kind 10166, as it says; seconds
    geohash       text,
    announced_at  timestamptz,
    first_seen_at timestamptz NOT NULL, -- created_at of its events of kind 30166, never later than now
    last_seen_at  timestamptz NOT NULL,
    relays        integer     NOT NULL DEFAULT 0, -- of how many of ours there is a view
    recent        integer     NOT NULL DEFAULT 0, -- how many of these are of the last hour
    counted_at    timestamptz
);

-- The newest 30166 of each monitor and relay. A row is rewritten at each of the monitor's checks, so pages leave room for that,
-- and no index knows what changes (HOT).
CREATE TABLE monitor_views (
    created_at timestamptz NOT NULL,
    relay_id   integer     NOT NULL REFERENCES relays ON DELETE CASCADE,
    monitor_id integer     NOT NULL REFERENCES monitors ON DELETE CASCADE,
    open_ms    integer,                 -- as it says
    read_ms    integer,
    write_ms   integer,
    PRIMARY KEY (relay_id, monitor_id)
) WITH (fillfactor = 80);

-- Until when all is known that was to be read: what is silent after that is not known to be.
CREATE TABLE monitor_reading (
    only_one boolean     PRIMARY KEY DEFAULT true CHECK (only_one),
    until    timestamptz NOT NULL
);
