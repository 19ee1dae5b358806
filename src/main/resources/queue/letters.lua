-- Reads dead letters: the newest, or those that are named.
--
-- KEYS  dead (7), letters (8)
-- ARGV  most, or nothing but ids after a 0
-- Gives {id, payload, why, buried at in ms as text} for each that there is.
local ids = {}
if tonumber(ARGV[1]) > 0 then
    ids = redis.call('ZREVRANGE', DEAD, 0, ARGV[1] - 1)
else
    for i = 2, #ARGV do ids[#ids + 1] = ARGV[i] end
end
local found = {}
local letters = many('HMGET', LETTERS, ids)
for i, buried in ipairs(many('ZMSCORE', DEAD, ids)) do
    if buried and letters[i] then
        local payload, why = cmsgpack.unpack(letters[i])
        found[#found + 1] = {ids[i], payload, why, number(buried)}
    end
end
return found
