-- What an announcement is about besides its kind: of a deletion request (kind 5) the address of what should not have been.
ALTER TABLE announcements ADD COLUMN subject text NOT NULL DEFAULT '';
ALTER TABLE announcements DROP CONSTRAINT announcements_pkey;
ALTER TABLE announcements ADD PRIMARY KEY (pubkey, kind, subject);

-- What a coordinator did: a row for each run of each of its jobs.
CREATE TABLE coordinator_runs (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    job        text        NOT NULL,
    started_at timestamptz NOT NULL,
    took_ms    integer     NOT NULL,
    well       boolean     NOT NULL,
    result     text        NOT NULL
);
CREATE INDEX coordinator_runs_started ON coordinator_runs (started_at DESC);
