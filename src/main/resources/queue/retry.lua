-- A fault of our own: leased -> retrying, as the next attempt.
--
-- KEYS  retrying (4), leased (5), notes (6)
-- ARGV  id, owner, fence, delay in ms, why
-- Gives 1, or 0 if the lease is stale.
local note = proven()
if not note then return 0 end
local at = now()
note.attempt, note.reserved = note.attempt + 1, nil
release(ARGV[1], note, RETRYING, at + ARGV[4], at, ARGV[5])
return 1
