-- Leases jobs to an owner, each with a fence of its own: ready -> leased. Before that, what is due: delayed -> ready.
--
-- KEYS  ready (1), delayed (2), leased (3), notes (4), fence (7), <cycle>:jobs (9)
-- ARGV  owner, most, lease in ms
-- Gives {id, payload, fence, attempt} for each, in the order of their virtual deadlines.
local PROMOTED = 500                -- at most so many become ready in one call
local at = now()
local owner, most, ends = ARGV[1], tonumber(ARGV[2]), at + ARGV[3]

for _, id in ipairs(redis.call('ZRANGEBYSCORE', DELAYED, '-inf', at, 'LIMIT', 0, PROMOTED)) do
    local note = read_note(id)
    redis.call('ZREM', DELAYED, id)
    redis.call('ZADD', READY, note and note.deadline or at, id)
    if note then
        note.since = at
        write_note(id, note)
    end
end

local leases = {}
local popped = redis.call('ZPOPMIN', READY, most)
if #popped == 0 then return leases end
local fence = redis.call('INCRBY', FENCE, #popped / 2) - #popped / 2
for i = 1, #popped, 2 do
    local id = popped[i]
    local cycle, url = parts(id)
    local payload = redis.call('HGET', jobs(cycle), url)
    if payload then
        local note = read_note(id) or {attempt = 1, deadline = tonumber(popped[i + 1])}
        fence = fence + 1
        note.since, note.owner, note.fence = at, owner, fence
        write_note(id, note)
        redis.call('ZADD', LEASED, ends, id)
        leases[#leases + 1] = {id, payload, fence, note.attempt}
    else
        redis.call('HDEL', NOTES, id)
    end
end
return leases
