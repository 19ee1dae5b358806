-- It was up and failed, look again: leased -> delayed, as the same attempt and the next confirmation. The first time, its
-- virtual deadline becomes what it would be had it been planned as urgent as a confirmation is.
--
-- KEYS  delayed (3), leased (5), notes (6)
-- ARGV  id, owner, fence, delay in ms, why, by how much it becomes more urgent in ms
-- Gives 1, or 0 if the lease is stale.
local note = proven()
if not note then return 0 end
local at = now()
if note.confirmation == 0 then note.deadline = note.deadline - ARGV[6] end
note.confirmation, note.reserved = note.confirmation + 1, nil
release(ARGV[1], note, DELAYED, at + ARGV[4], at, ARGV[5])
return 1
