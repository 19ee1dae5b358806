-- What the map, the histogram of opening times and the statistics show: counted by the coordinator, never by a request.

-- Where relays are and how long they take to open, as of a minute or so ago.
CREATE TABLE network_shape (
    one      boolean     PRIMARY KEY DEFAULT true CHECK (one),
    taken_at timestamptz NOT NULL,
    took_ms  integer     NOT NULL,
    counts   json        NOT NULL
);

-- Relays that were up, by what they say or are, as counted last on each day (UTC). kind: see org.nostrmonitor.storage.Statistics.
-- up: all of them. told: those of which the kind is known. different: how many values there were.
CREATE TABLE network_tally_days (
    kind      smallint    NOT NULL,
    day       date        NOT NULL,
    taken_at  timestamptz NOT NULL,
    up        integer     NOT NULL,
    told      integer     NOT NULL,
    different integer     NOT NULL,
    PRIMARY KEY (kind, day)
);

-- The 50 most frequent values of a kind and day; of the others nothing is kept. In the order in which a chart reads them.
CREATE TABLE network_tallies (
    kind   smallint NOT NULL,
    what   text     NOT NULL,
    day    date     NOT NULL,
    relays integer  NOT NULL,
    name   text,
    PRIMARY KEY (kind, what, day)
);
CREATE INDEX network_tallies_day ON network_tallies (kind, day, relays DESC);
