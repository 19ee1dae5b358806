-- Prolongs leases that are still their owners'.
--
-- KEYS  leased (3), notes (4)
-- ARGV  lease in ms, then for each: id, owner, fence
-- Gives 1 or 0 for each.
local ends = now() + ARGV[1]
local ours = {}
for i = 2, #ARGV, 3 do
    if held(ARGV[i], ARGV[i + 1], ARGV[i + 2]) then
        redis.call('ZADD', LEASED, 'XX', ends, ARGV[i])
        ours[#ours + 1] = 1
    else
        ours[#ours + 1] = 0
    end
end
return ours
