-- Uptimes of the lists as docs/probing.md defines them, by time, for three spans. What stood there was a share of checks.
ALTER TABLE relay_summary DROP COLUMN uptime_at;
ALTER TABLE relay_summary ADD COLUMN uptime_day smallint;
ALTER TABLE relay_summary ADD COLUMN uptime_month smallint;
UPDATE relay_summary SET uptime = NULL WHERE uptime IS NOT NULL;

-- What a relay's uptimes are counted from, so that nobody has to read a month of checks for them. spans: when it was up and
-- when it was down before the day "through" (UTC), as org.nostrmonitor.storage.Timeline writes it; late: how often a result
-- came for a day before. opened: the median time to open of each of 24 hours as time_code gives it; hour: the number of the
-- last one, counted from 1970.
CREATE TABLE relay_recent (
    relay_id integer PRIMARY KEY REFERENCES relays ON DELETE CASCADE,
    through  date    NOT NULL,
    spans    bytea   NOT NULL,
    late     integer NOT NULL DEFAULT 0,
    hour     integer NOT NULL,
    opened   bytea   NOT NULL
) WITH (fillfactor = 70);

-- Whose turn it is: relays are counted some at a time, by whichever node comes first after next_at.
CREATE TABLE recent_turn (
    one      boolean     PRIMARY KEY DEFAULT true CHECK (one),
    after_id integer     NOT NULL DEFAULT 0,
    began_at timestamptz NOT NULL DEFAULT now(),
    next_at  timestamptz NOT NULL DEFAULT now()
);
INSERT INTO recent_turn DEFAULT VALUES;
