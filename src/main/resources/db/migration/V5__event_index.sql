-- What a filter of NIP-01 looks at, of every event that our relay serves. A table of its own: the row of an event is updated
-- for every target that accepts it, which these indexes do not notice. Kept by the trigger below, in the transaction that
-- stores the event, so that nobody who stores or deletes one can forget it.
CREATE TABLE event_index (
    event_id   text        COLLATE "C" PRIMARY KEY,
    pubkey     text        COLLATE "C" NOT NULL,
    kind       integer     NOT NULL,
    created_at bigint      NOT NULL,
    tags       bigint[]    NOT NULL, -- see event_tags
    writer     bigint      NOT NULL DEFAULT pg_current_xact_id()::text::bigint, -- tells what a snapshot has not seen
    stored_at  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX event_index_newest ON event_index (created_at DESC, event_id);
CREATE INDEX event_index_author ON event_index (pubkey, created_at DESC, event_id);
-- Nearly all events are of kind 30166: the others are found without passing by those.
CREATE INDEX event_index_rare ON event_index (kind, created_at DESC, event_id) WHERE kind <> 30166;
-- With a pending list, which makes storing six times as quick, but a short one: every search reads all of it.
CREATE INDEX event_index_tags ON event_index USING gin (tags) WITH (gin_pending_list_limit = 256);
CREATE INDEX event_index_writer ON event_index (writer);

-- The first values of single-letter tags, each as the first eight bytes of the MD5 of 'd:wss://example.org/': of any length,
-- quick to compare, and nobody can find one that equals another's. The same rule as in TagEntry.java.
CREATE FUNCTION event_tags(event json) RETURNS bigint[] LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(array_agg(DISTINCT ('x' || left(md5(name || ':' || value), 16))::bit(64)::bigint), '{}')
    FROM (SELECT tag->>0 AS name, tag->>1 AS value FROM json_array_elements(event->'tags') AS tag OFFSET 0) AS tags
    WHERE length(name) = 1 AND value IS NOT NULL
$$;

CREATE VIEW served_events AS
    SELECT event_id, event FROM discovery_events UNION ALL SELECT event_id, event FROM announcements;

CREATE FUNCTION index_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP IN ('UPDATE', 'DELETE') THEN
        DELETE FROM event_index WHERE event_id = OLD.event_id;
    ELSIF TG_OP = 'TRUNCATE' THEN
        DELETE FROM event_index i WHERE NOT EXISTS (SELECT 1 FROM served_events s WHERE s.event_id = i.event_id);
    END IF;
    IF TG_OP IN ('INSERT', 'UPDATE') THEN
        INSERT INTO event_index (event_id, pubkey, kind, created_at, tags)
        VALUES (NEW.event_id, NEW.event->>'pubkey', (NEW.event->>'kind')::integer, NEW.created_at, event_tags(NEW.event))
        ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$;

-- Another table of events with the columns event_id, created_at and event needs the same two, and an arm of the view.
CREATE TRIGGER discovery_events_index AFTER INSERT OR DELETE OR UPDATE OF event_id ON discovery_events
    FOR EACH ROW EXECUTE FUNCTION index_event();
CREATE TRIGGER discovery_events_emptied AFTER TRUNCATE ON discovery_events
    FOR EACH STATEMENT EXECUTE FUNCTION index_event();
CREATE TRIGGER announcements_index AFTER INSERT OR DELETE OR UPDATE OF event_id ON announcements
    FOR EACH ROW EXECUTE FUNCTION index_event();
CREATE TRIGGER announcements_emptied AFTER TRUNCATE ON announcements
    FOR EACH STATEMENT EXECUTE FUNCTION index_event();

INSERT INTO event_index (event_id, pubkey, kind, created_at, tags)
SELECT event_id, event->>'pubkey', (event->>'kind')::integer, created_at, event_tags(event)
FROM (SELECT event_id, created_at, event FROM discovery_events
      UNION ALL SELECT event_id, created_at, event FROM announcements) AS stored;
