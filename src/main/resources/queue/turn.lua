-- Takes a turn for several things at once, say an address and its network, at the first time that suits all of them.
--
-- KEYS  rates (12)
-- ARGV  for each: what, interval between turns in ms
-- Gives how long until the turn, ms.
local at = now()
forget_past_rates(at)
local whats, turn = {}, at
for i = 1, #ARGV, 2 do whats[#whats + 1] = ARGV[i] end
learn(whats)
for i = 1, #ARGV, 2 do turn = math.max(turn, slot(arrivals[ARGV[i]], tonumber(ARGV[i + 1]), at)) end
for i = 1, #ARGV, 2 do charge(ARGV[i], tonumber(ARGV[i + 1]), turn) end
keep_rates(at)
return math.ceil(turn - at)
