-- The jobs' results are stored: leased -> done.
--
-- KEYS  leased (3), notes (4), cycles (8), all of the cycles (9)
-- ARGV  for each: id, owner, fence
-- Gives for each 1, or 0 if the lease is stale.
local at = now()
local acked = {}
for i = 1, #ARGV, 3 do
    local note = held(ARGV[i], ARGV[i + 1], ARGV[i + 2])
    if note then finish(ARGV[i], note, at) end
    acked[#acked + 1] = note and 1 or 0
end
settle_cycles()
return acked
