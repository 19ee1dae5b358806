-- What the list filters and sorts by stands in relay_summary, so that no page of it joins or parses anything.

-- What a document claims that the list asks for; null where it says nothing.
ALTER TABLE relay_documents ADD COLUMN contact text;
ALTER TABLE relay_documents ADD COLUMN tags text[] NOT NULL DEFAULT '{}';
ALTER TABLE relay_documents ADD COLUMN auth boolean;
ALTER TABLE relay_documents ADD COLUMN payment boolean;
ALTER TABLE relay_documents ADD COLUMN pow boolean;
ALTER TABLE relay_documents ADD COLUMN restricted boolean;

-- opted_out_at: its operator does not want to be probed; then it is neither enabled nor added again. priority: 1 is checked
-- before others in a cycle.
ALTER TABLE relays ADD COLUMN opted_out_at timestamptz;
ALTER TABLE relays ADD COLUMN opted_out_why text;
ALTER TABLE relays ADD COLUMN priority smallint NOT NULL DEFAULT 0 CHECK (priority BETWEEN 0 AND 1);
ALTER TABLE relays ADD CONSTRAINT relays_opted_out CHECK (opted_out_at IS NULL OR NOT enabled);

-- listed: 0 disabled, 1 in the lists, 2 an alias. auth, payment, pow and restricted: what was seen, else what is claimed.
-- country to lon: of the address that was dialled last; none for an address that is in many places. uptime: hundredths of
-- a percent of the conclusive checks of seven days, as of uptime_at.
ALTER TABLE relay_summary ADD COLUMN listed smallint NOT NULL DEFAULT 1;
ALTER TABLE relay_summary ADD COLUMN added_at timestamptz NOT NULL DEFAULT now();
ALTER TABLE relay_summary ADD COLUMN country text COLLATE "C";
ALTER TABLE relay_summary ADD COLUMN asn bigint;
ALTER TABLE relay_summary ADD COLUMN lat real;
ALTER TABLE relay_summary ADD COLUMN lon real;
ALTER TABLE relay_summary ADD COLUMN auth boolean;
ALTER TABLE relay_summary ADD COLUMN payment boolean;
ALTER TABLE relay_summary ADD COLUMN pow boolean;
ALTER TABLE relay_summary ADD COLUMN restricted boolean;
ALTER TABLE relay_summary ADD COLUMN contact text;
ALTER TABLE relay_summary ADD COLUMN tags text[] NOT NULL DEFAULT '{}';
ALTER TABLE relay_summary ADD COLUMN uptime smallint;
ALTER TABLE relay_summary ADD COLUMN uptime_at timestamptz;

UPDATE relay_summary s SET added_at = r.added_at,
    listed = CASE WHEN NOT r.enabled THEN 0 WHEN r.alias_of IS NULL THEN 1 ELSE 2 END
FROM relays r WHERE r.id = s.relay_id;

-- The middle of a geohash as latitude and longitude; null if it is none. http://geohash.org
CREATE FUNCTION geohash_middle(hash text) RETURNS double precision[] LANGUAGE plpgsql IMMUTABLE STRICT AS $$
DECLARE
    digits CONSTANT text := '0123456789bcdefghjkmnpqrstuvwxyz';
    low double precision[] := '{-90,-180}';
    high double precision[] := '{90,180}';
    axis integer := 2;
    middle double precision;
    digit integer;
BEGIN
    IF hash !~ '^[0-9bcdefghjkmnpqrstuvwxyz]{1,12}$' THEN
        RETURN NULL;
    END IF;
    FOR i IN 1..length(hash) LOOP
        digit := strpos(digits, substr(hash, i, 1)) - 1;
        FOR bit IN REVERSE 4..0 LOOP
            middle := (low[axis] + high[axis]) / 2;
            IF (digit >> bit) & 1 = 1 THEN
                low[axis] := middle;
            ELSE
                high[axis] := middle;
            END IF;
            axis := 3 - axis;
        END LOOP;
    END LOOP;
    RETURN ARRAY[(low[1] + high[1]) / 2, (low[2] + high[2]) / 2];
END $$;

-- Whoever enables a relay or makes it an alias need not know of the list. Summaries are locked in the order of ids, as whoever
-- stores reports does.
CREATE FUNCTION relays_listed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM relay_summary s
    WHERE s.relay_id IN (
        SELECT n.id FROM now_rows n JOIN then_rows t ON t.id = n.id
        WHERE n.enabled <> t.enabled OR (n.alias_of IS NULL) <> (t.alias_of IS NULL))
    ORDER BY s.relay_id FOR UPDATE;
    UPDATE relay_summary s SET listed = n.listed
    FROM (SELECT id, CASE WHEN NOT enabled THEN 0 WHEN alias_of IS NULL THEN 1 ELSE 2 END AS listed FROM now_rows) n
    WHERE s.relay_id = n.id AND s.listed <> n.listed;
    RETURN NULL;
END $$;
CREATE TRIGGER relays_listed AFTER UPDATE ON relays
    REFERENCING OLD TABLE AS then_rows NEW TABLE AS now_rows
    FOR EACH STATEMENT EXECUTE FUNCTION relays_listed();

-- What is looked for in GIN indexes, apart: a summary changes with every check, its words hardly ever.
CREATE TABLE relay_words (
    relay_id integer   PRIMARY KEY REFERENCES relay_summary ON DELETE CASCADE,
    search   text      NOT NULL,
    nips     integer[] NOT NULL,
    tags     text[]    NOT NULL
);
CREATE FUNCTION relay_words_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO relay_words AS w (relay_id, search, nips, tags) VALUES (NEW.relay_id, NEW.search, NEW.nips, NEW.tags)
    ON CONFLICT (relay_id) DO UPDATE SET search = excluded.search, nips = excluded.nips, tags = excluded.tags;
    RETURN NULL;
END $$;
CREATE TRIGGER relay_words_first AFTER INSERT ON relay_summary
    FOR EACH ROW EXECUTE FUNCTION relay_words_kept();
CREATE TRIGGER relay_words_changed AFTER UPDATE ON relay_summary
    FOR EACH ROW WHEN ((OLD.search, OLD.nips, OLD.tags) IS DISTINCT FROM (NEW.search, NEW.nips, NEW.tags))
    EXECUTE FUNCTION relay_words_kept();

-- What documents claim, as PreparedFinding reads it. A document that is no JSON, or not as it should be, claims nothing.
DO $$
DECLARE
    d record;
    j json;
    l json;
BEGIN
    FOR d IN SELECT hash, body FROM relay_documents LOOP
        BEGIN
            j := d.body::json;
            l := CASE WHEN json_typeof(j -> 'limitation') = 'object' THEN j -> 'limitation' ELSE '{}' END;
            UPDATE relay_documents SET
                contact = CASE WHEN json_typeof(j -> 'contact') = 'string' THEN left(j ->> 'contact', 1000) END,
                tags = CASE WHEN json_typeof(j -> 'tags') = 'array' THEN ARRAY(
                    SELECT DISTINCT lower(btrim(tag)) FROM json_array_elements_text(j -> 'tags') AS tag
                    WHERE length(btrim(tag)) BETWEEN 1 AND 64 LIMIT 20) ELSE '{}' END,
                auth = CASE WHEN json_typeof(l -> 'auth_required') = 'boolean' THEN (l ->> 'auth_required')::boolean END,
                payment = CASE WHEN json_typeof(l -> 'payment_required') = 'boolean'
                    THEN (l ->> 'payment_required')::boolean END,
                restricted = CASE WHEN json_typeof(l -> 'restricted_writes') = 'boolean'
                    THEN (l ->> 'restricted_writes')::boolean END,
                pow = CASE WHEN json_typeof(l -> 'min_pow_difficulty') = 'number'
                    THEN (l ->> 'min_pow_difficulty')::numeric > 0 END
            WHERE hash = d.hash;
        EXCEPTION WHEN others THEN
            CONTINUE;
        END;
    END LOOP;
END $$;

-- The newest document of each relay, and where it was seen. What was seen of its behaviour comes with its next check.
UPDATE relay_summary s SET contact = d.contact, tags = d.tags, auth = d.auth, payment = d.payment, pow = d.pow,
    restricted = d.restricted, search = lower(concat_ws(' ', s.url, s.name, s.software, d.contact) COLLATE "default")
FROM (
    SELECT DISTINCT ON (c.relay_id) c.relay_id, d.*
    FROM relay_current c JOIN relay_documents d ON d.hash = c.document
    ORDER BY c.relay_id, c.nip11_passed_at DESC) d
WHERE s.relay_id = d.relay_id;

UPDATE relay_current SET report = replace(report::text, '\u0000', '\ufffd')::json WHERE report::text LIKE '%\\u0000%';
DO $$
DECLARE
    c record;
    place json;
    middle double precision[];
BEGIN
    FOR c IN SELECT relay_id, report FROM relay_current ORDER BY checked_at LOOP
        BEGIN
            place := c.report -> 'facts' -> 'place';
            CONTINUE WHEN place IS NULL;
            middle := geohash_middle(place ->> 'geohash');
            UPDATE relay_summary SET country = place ->> 'country', asn = (place ->> 'asn')::bigint, lat = middle[1], lon = middle[2]
            WHERE relay_id = c.relay_id;
        EXCEPTION WHEN others THEN
            CONTINUE;
        END;
    END LOOP;
END $$;

INSERT INTO relay_words SELECT relay_id, search, nips, tags FROM relay_summary ON CONFLICT DO NOTHING;

CREATE INDEX relay_words_nips ON relay_words USING gin (nips);
CREATE INDEX relay_words_tags ON relay_words USING gin (tags);

-- A server without this extension, or one that does not let us have it, reads all words of all relays for each search.
DO $$
BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    CREATE INDEX relay_words_search ON relay_words USING gin (search gin_trgm_ops);
EXCEPTION WHEN insufficient_privilege OR feature_not_supported OR undefined_file OR undefined_object THEN
    RAISE NOTICE 'searching without pg_trgm: %', SQLERRM;
END $$;

-- One for each column that the list is sorted by, and one for the conditions that many relays have in common. relay_id makes
-- the order whole. Texts are cut, since a stranger's may be longer than an index takes.
DROP INDEX relay_summary_state;
CREATE INDEX relay_list_state ON relay_summary (state, relay_id) WHERE listed = 1;
CREATE INDEX relay_list_alike ON relay_summary (state, network, writable, auth, payment, pow, restricted) WHERE listed = 1;
CREATE INDEX relay_list_network ON relay_summary (network, relay_id) WHERE listed = 1;
CREATE INDEX relay_list_writable ON relay_summary ((writable::integer), relay_id) WHERE listed = 1;
CREATE INDEX relay_list_country ON relay_summary (country, relay_id) WHERE listed = 1;
CREATE INDEX relay_list_asn ON relay_summary (asn, relay_id) WHERE listed = 1;
CREATE INDEX relay_list_software ON relay_summary ((left(software, 200) COLLATE "C"), relay_id) WHERE listed = 1;
CREATE INDEX relay_list_name ON relay_summary ((left(lower(name), 64) COLLATE "C"), relay_id) WHERE listed = 1;
CREATE INDEX relay_list_open ON relay_summary (open_us, relay_id) WHERE listed = 1;
CREATE INDEX relay_list_read ON relay_summary (read_us, relay_id) WHERE listed = 1;
CREATE INDEX relay_list_write ON relay_summary (write_us, relay_id) WHERE listed = 1;
CREATE INDEX relay_list_checked ON relay_summary (checked_at, relay_id) WHERE listed = 1;
CREATE INDEX relay_list_since ON relay_summary (since, relay_id) WHERE listed = 1;
CREATE INDEX relay_list_added ON relay_summary (added_at, relay_id) WHERE listed = 1;
CREATE INDEX relay_list_uptime ON relay_summary (uptime, relay_id) WHERE listed = 1;
CREATE INDEX relay_list_place ON relay_summary (lat, lon) WHERE listed = 1;

-- What administrators did: who, what, when, and what came of it.
CREATE TABLE admin_audit (
    id     bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at     timestamptz NOT NULL DEFAULT now(),
    who    text        NOT NULL,
    action text        NOT NULL,
    target text        NOT NULL,
    result text        NOT NULL
);
