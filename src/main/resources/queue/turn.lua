-- Takes a turn for several things at once, say an address and its network, at the first time that suits all of them. Each is
-- charged for its own first time: a crowd at one address takes its network's turns one by one, and not all until its own is due.
--
-- KEYS  rates (12)
-- ARGV  how far off a turn may be, ms; then for each: what, interval between turns in ms
-- Gives how long until the turn, ms; one that is farther off is not taken.
local at = now()
forget_past_rates(at)
local whats, turn = {}, at
for i = 2, #ARGV, 2 do whats[#whats + 1] = ARGV[i] end
learn(whats)
local slots = {}
for i = 2, #ARGV, 2 do
    slots[i] = slot(arrivals[ARGV[i]], tonumber(ARGV[i + 1]), at)
    turn = math.max(turn, slots[i])
end
if turn - at > tonumber(ARGV[1]) then return math.ceil(turn - at) end
for i = 2, #ARGV, 2 do charge(ARGV[i], tonumber(ARGV[i + 1]), slots[i]) end
keep_rates(at)
return math.ceil(turn - at)
