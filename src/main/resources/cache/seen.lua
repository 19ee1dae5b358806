-- Reads who is at work.
--
-- KEYS  1 beats, 2 workers (see beat.lua)
-- ARGV  patience in ms
-- Gives each worker as JSON.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local seen = {}
for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. (now - ARGV[1]), '+inf')) do
    seen[#seen + 1] = redis.call('HGET', KEYS[2], id)
end
return seen
