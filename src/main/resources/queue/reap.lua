-- Takes back leases that ran out: leased -> ready as the next attempt, or leased -> dead after the last one.
--
-- KEYS  ready (1), leased (3), notes (4), dead (5), letters (6), cycles (8), all of the cycle (9)
-- ARGV  most, last attempt, why
-- Gives how many leases had run out.
local at = now()
local lost = redis.call('ZRANGEBYSCORE', LEASED, '-inf', at, 'LIMIT', 0, ARGV[1])
for _, id in ipairs(lost) do
    local note = read_note(id) or {attempt = 1, deadline = at}
    if note.attempt >= tonumber(ARGV[2]) then
        entomb(id, note, at, ARGV[3])
    else
        release(id, note, note.attempt + 1, at, nil, 'retry', ARGV[3])
    end
end
settle_cycles()
return #lost
