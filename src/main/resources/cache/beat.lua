-- A worker says that it is at work. Those silent for too long are forgotten.
--
-- KEYS  1 beats  zset  id -> last beat, ms
--       2 workers hash id -> worker as JSON
-- ARGV  id, worker, patience in ms
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
for _, silent in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[3])) do
    redis.call('ZREM', KEYS[1], silent)
    redis.call('HDEL', KEYS[2], silent)
end
redis.call('PEXPIRE', KEYS[1], ARGV[3])
redis.call('PEXPIRE', KEYS[2], ARGV[3])
return 1
