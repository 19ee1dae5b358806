-- Forgets up to so many jobs of a cycle, wherever they are; with the last of them the cycle itself. Dead letters stay.
-- What a host was charged for turns that nobody will take is given back.
--
-- KEYS  all places (1 to 5), notes (6), cycles (10), recent (11), rates (12), all of the cycle (13)
-- ARGV  cycle, most
-- Gives how many were forgotten.
local cycle = ARGV[1]
local urls = redis.call('HRANDFIELD', jobs(cycle), ARGV[2])
local ids = {}
for i, url in ipairs(urls) do ids[i] = cycle .. ' ' .. url end

local refunds = {}
for i, text in ipairs(many('HMGET', NOTES, ids)) do
    local note = unpack_note(text)
    if note and not note.owner and (note.paid or 0) > 0 then
        local host = host_of(urls[i])
        refunds[host] = (refunds[host] or 0) + note.paid
    end
end
for host, paid in pairs(refunds) do
    local arrival = redis.call('ZSCORE', RATES, host)
    if arrival then redis.call('ZADD', RATES, arrival - paid, host) end
end

for _, place in ipairs({READY, ASKED, DELAYED, RETRYING, LEASED}) do many('ZREM', place, ids) end
many('HDEL', NOTES, ids)
many('HDEL', jobs(cycle), urls)
if redis.call('EXISTS', jobs(cycle)) == 0 then
    redis.call('ZREM', CYCLES, cycle)
    redis.call('ZREM', RECENT, cycle)
    redis.call('UNLINK', terms(cycle), done(cycle), dead(cycle), seal(cycle))
end
return #urls
