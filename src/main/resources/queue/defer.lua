-- Not now: leased -> delayed, as the same attempt.
--
-- KEYS  delayed (2), leased (3), notes (4)
-- ARGV  id, owner, fence, delay in ms, why
-- Gives 1, or 0 if the lease is stale.
local note = held(ARGV[1], ARGV[2], ARGV[3])
if not note then return 0 end
local at = now()
release(ARGV[1], note, note.attempt, at, at + ARGV[4], 'defer', ARGV[5])
return 1
