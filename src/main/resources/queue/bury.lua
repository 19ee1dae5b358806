-- No more attempts: leased -> dead. For its cycle it counts as done.
--
-- KEYS  leased (3), notes (4), dead (5), letters (6), cycles (8), all of the cycle (9)
-- ARGV  id, owner, fence, why
-- Gives 1, or 0 if the lease is stale.
local note = held(ARGV[1], ARGV[2], ARGV[3])
if not note then return 0 end
entomb(ARGV[1], note, now(), ARGV[4])
settle_cycles()
return 1
