-- Forgets dead letters.
--
-- KEYS  dead (7), letters (8)
-- ARGV  ids
-- Gives how many there were.
redis.call('HDEL', LETTERS, unpack(ARGV))
return redis.call('ZREM', DEAD, unpack(ARGV))
