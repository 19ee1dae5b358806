-- Its turn to dial an address is reserved for later: leased -> delayed, as the same attempt. Its host is not charged again.
--
-- KEYS  delayed (3), leased (5), notes (6)
-- ARGV  id, owner, fence, delay in ms, why, address
-- Gives 1, or 0 if the lease is stale.
local note = proven()
if not note then return 0 end
local at = now()
note.reserved, note.paid = ARGV[6], 0
release(ARGV[1], note, DELAYED, at + ARGV[4], at, ARGV[5])
return 1
