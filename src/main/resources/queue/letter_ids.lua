-- Reads the ids of all dead letters, the oldest first: 10,000 at most.
--
-- KEYS  dead (7)
return redis.call('ZRANGE', DEAD, 0, -1)
