-- The jobs' results are stored: leased -> done.
--
-- KEYS  leased (5), notes (6), cycles (10), recent (11), all of the cycles (13)
-- ARGV  for each: id, owner, fence
-- Gives for each 1, or 0 if the lease is stale.
local ids, acked, finished, notes, seen = {}, {}, {}, {}, {}
for i = 1, #ARGV, 3 do ids[#ids + 1] = ARGV[i] end
for i, text in ipairs(many('HMGET', NOTES, ids)) do
    local note = unpack_note(text)
    acked[i] = 0
    if held(note, ARGV[3 * i - 1], ARGV[3 * i]) and not seen[ids[i]] then
        acked[i], seen[ids[i]] = 1, true
        finished[#finished + 1] = ids[i]
        notes[#notes + 1] = note
    end
end
finish(finished, notes, done, now())
return acked
