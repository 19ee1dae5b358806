-- Prolongs leases that are still their owners'.
--
-- KEYS  leased (5), notes (6)
-- ARGV  lease in ms, then for each: id, owner, fence
-- Gives 1 or 0 for each.
local ends = now() + ARGV[1]
local ids, ours, prolonged = {}, {}, {}
for i = 2, #ARGV, 3 do ids[#ids + 1] = ARGV[i] end
for i, text in ipairs(many('HMGET', NOTES, ids)) do
    ours[i] = held(text, ARGV[3 * i], ARGV[3 * i + 1]) and 1 or 0
    if ours[i] == 1 then
        prolonged[#prolonged + 1] = ends
        prolonged[#prolonged + 1] = ids[i]
    end
end
if #prolonged > 0 then redis.call('ZADD', LEASED, 'XX', unpack(prolonged)) end
return ours
