-- Takes back leases that ran out: leased -> ready or asked as the next attempt, or leased -> dead after the last one.
--
-- KEYS  ready (1), asked (2), leased (5), notes (6), dead (7), letters (8), cycles (10), recent (11), all of the cycle (13)
-- ARGV  most, last attempt, why
-- Gives how many leases had run out.
local at = now()
local lost = redis.call('ZRANGEBYSCORE', LEASED, '-inf', at, 'LIMIT', 0, ARGV[1])
for i, text in ipairs(many('HMGET', NOTES, lost)) do
    local note = unpack_note(text) or new_note(at, false)
    if note.attempt >= tonumber(ARGV[2]) then
        entomb(lost[i], note, at, ARGV[3])
    else
        note.attempt, note.reserved = note.attempt + 1, nil
        release(lost[i], note, note.asked and ASKED or READY, note.deadline, at, ARGV[3])
    end
end
return #lost
