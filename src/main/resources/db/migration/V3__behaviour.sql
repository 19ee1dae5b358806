-- What the relay's behaviour showed, the latest of each: requirements, capabilities and limits are not tested in every cycle.
ALTER TABLE relay_current ADD COLUMN known json NOT NULL DEFAULT '{}';
ALTER TABLE relay_current ADD COLUMN capabilities_tested_at timestamptz;

-- The same relay under another URL: why, and since when. An alias is rarely checked, and nothing is published about it.
ALTER TABLE relays ADD COLUMN alias_of integer REFERENCES relays ON DELETE SET NULL;
ALTER TABLE relays ADD COLUMN alias_why text;
ALTER TABLE relays ADD COLUMN alias_since timestamptz;
ALTER TABLE relays ADD CONSTRAINT relays_alias_of_another CHECK (alias_of <> id);
CREATE INDEX relays_aliases ON relays (alias_of) WHERE alias_of IS NOT NULL;
