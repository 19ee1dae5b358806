-- What each target said last of the event in the row, by its URL: [answer, seconds since 1970, its text]. A target that is
-- neither here nor in pending was never to have it. A newer event begins with none.
ALTER TABLE discovery_events ADD COLUMN deliveries jsonb NOT NULL DEFAULT '{}';
ALTER TABLE announcements ADD COLUMN deliveries jsonb NOT NULL DEFAULT '{}';
