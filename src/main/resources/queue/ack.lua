-- The jobs' results are stored: leased -> done.
--
-- KEYS  leased (5), notes (6), cycles (10), recent (11), all of the cycles (13)
-- ARGV  for each: id, owner, fence
-- Gives for each 1, or 0 if the lease is stale.
local ids, acked, finished, tries, seen = {}, {}, {}, {}, {}
for i = 1, #ARGV, 3 do ids[#ids + 1] = ARGV[i] end
for i, text in ipairs(many('HMGET', NOTES, ids)) do
    local attempt, confirmation = held(text, ARGV[3 * i - 1], ARGV[3 * i])
    acked[i] = 0
    if attempt and not seen[ids[i]] then
        acked[i], seen[ids[i]] = 1, true
        finished[#finished + 1] = ids[i]
        tries[#tries + 1] = attempt .. ' ' .. confirmation
    end
end
finish(finished, tries, done, now())
return acked
