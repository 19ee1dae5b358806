-- A worker stops.
--
-- KEYS  1 beats, 2 workers (see beat.lua)
-- ARGV  id
redis.call('ZREM', KEYS[1], ARGV[1])
redis.call('HDEL', KEYS[2], ARGV[1])
return 1
