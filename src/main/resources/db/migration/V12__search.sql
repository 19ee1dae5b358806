-- Words change hardly ever, and are searched with every letter that somebody types: what is put off until later has to be read by
-- each search until then, and who does it in the end holds up all of them.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['relay_words_search', 'relay_words_nips', 'relay_words_tags'] LOOP
        -- Without pg_trgm the first one is not there.
        CONTINUE WHEN to_regclass(name) IS NULL;
        EXECUTE format('ALTER INDEX %I SET (fastupdate = off)', name);
        PERFORM gin_clean_pending_list(name::regclass);
    END LOOP;
END $$;
