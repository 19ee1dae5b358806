-- A fault of our own: leased -> delayed, as the next attempt.
--
-- KEYS  delayed (2), leased (3), notes (4)
-- ARGV  id, owner, fence, delay in ms, why
-- Gives 1, or 0 if the lease is stale.
local note = held(ARGV[1], ARGV[2], ARGV[3])
if not note then return 0 end
local at = now()
release(ARGV[1], note, note.attempt + 1, at, at + ARGV[4], 'retry', ARGV[5])
return 1
