-- No more attempts: leased -> dead. For its cycle it is ended.
--
-- KEYS  leased (5), notes (6), dead (7), letters (8), cycles (10), recent (11), all of the cycle (13)
-- ARGV  id, owner, fence, why
-- Gives 1, or 0 if the lease is stale.
local note = proven()
if not note then return 0 end
entomb(ARGV[1], note, now(), ARGV[4])
return 1
