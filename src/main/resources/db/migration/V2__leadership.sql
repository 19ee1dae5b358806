-- Who does what only one node may do, until when, by this server's clock. The term rises with every change of holder:
-- what an earlier holder still wants to write carries its older term, and is refused.
CREATE TABLE leadership (
    role       text        PRIMARY KEY,
    holder     text        NOT NULL,
    term       bigint      NOT NULL,
    expires_at timestamptz NOT NULL
);

-- When NIP-11 was last tested, passed or not: as write_tested_at.
ALTER TABLE relay_current ADD COLUMN nip11_tested_at timestamptz;

-- The newest cycles of one region.
CREATE INDEX cycles_of_region ON cycles (region, cycle DESC);
