-- The job's result is stored: leased -> done.
--
-- KEYS  leased (3), notes (4), cycles (8), all of the cycle (9)
-- ARGV  id, owner, fence
-- Gives 1, or 0 if the lease is stale.
local note = held(ARGV[1], ARGV[2], ARGV[3])
if not note then return 0 end
finish(ARGV[1], note, now())
return 1
