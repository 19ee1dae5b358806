-- Whoever serves the list holds all of it in memory (storage/Directory) and asks what changed since. The number of the transaction
-- that wrote a row tells that, with the snapshot of the one who read last; a time could not: what began earlier may become visible
-- later.
ALTER TABLE relay_summary ADD COLUMN writer bigint NOT NULL DEFAULT pg_current_xact_id()::text::bigint;
CREATE INDEX relay_summary_writer ON relay_summary (writer, relay_id);
CREATE FUNCTION relay_summary_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.writer := pg_current_xact_id()::text::bigint;
    RETURN NEW;
END $$;
CREATE TRIGGER relay_summary_written BEFORE INSERT OR UPDATE ON relay_summary
    FOR EACH ROW EXECUTE FUNCTION relay_summary_written();

-- What is no more, for a day: ids are never given again. The id 0 stands for all.
CREATE TABLE relays_removed (
    relay_id   integer     PRIMARY KEY,
    writer     bigint      NOT NULL DEFAULT pg_current_xact_id()::text::bigint,
    removed_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX relays_removed_writer ON relays_removed (writer);
CREATE FUNCTION relay_summary_removed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO relays_removed (relay_id) VALUES (OLD.relay_id) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER relay_summary_removed AFTER DELETE ON relay_summary
    FOR EACH ROW EXECUTE FUNCTION relay_summary_removed();
CREATE FUNCTION relay_summary_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO relays_removed AS r (relay_id) VALUES (0)
    ON CONFLICT (relay_id) DO UPDATE SET writer = excluded.writer, removed_at = excluded.removed_at;
    RETURN NULL;
END $$;
CREATE TRIGGER relay_summary_emptied AFTER TRUNCATE ON relay_summary EXECUTE FUNCTION relay_summary_emptied();

-- So nobody filters, sorts or searches here any more. The extension pg_trgm stays: it may serve others.
DROP TRIGGER relay_words_first ON relay_summary;
DROP TRIGGER relay_words_changed ON relay_summary;
DROP FUNCTION relay_words_kept();
DROP TABLE relay_words;
DROP INDEX relay_list_state, relay_list_alike, relay_list_network, relay_list_writable, relay_list_country, relay_list_software,
    relay_list_name, relay_list_open, relay_list_read, relay_list_write, relay_list_checked, relay_list_since, relay_list_added,
    relay_list_uptime, relay_list_place;
