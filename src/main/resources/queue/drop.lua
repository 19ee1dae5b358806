-- Forgets up to so many jobs of a cycle, wherever they are; with the last of them the cycle itself. Dead letters stay.
--
-- KEYS  ready (1), delayed (2), leased (3), notes (4), cycles (8), all of the cycle (9)
-- ARGV  cycle, most
-- Gives how many were forgotten.
local cycle = ARGV[1]
local urls = redis.call('HRANDFIELD', jobs(cycle), ARGV[2])
for _, url in ipairs(urls) do
    local id = cycle .. ' ' .. url
    redis.call('ZREM', READY, id)
    redis.call('ZREM', DELAYED, id)
    redis.call('ZREM', LEASED, id)
    redis.call('HDEL', NOTES, id)
    redis.call('HDEL', jobs(cycle), url)
end
if redis.call('EXISTS', jobs(cycle)) == 0 then
    redis.call('SREM', CYCLES, cycle)
    redis.call('UNLINK', done(cycle), seal(cycle))
end
return #urls
