-- Reads the newest dead letters.
--
-- KEYS  dead (5), letters (6)
-- ARGV  most
-- Gives {id, payload, why, buried at in ms as text} for each.
local found = {}
local newest = redis.call('ZREVRANGE', DEAD, 0, ARGV[1] - 1, 'WITHSCORES')
for i = 1, #newest, 2 do
    local letter = cjson.decode(redis.call('HGET', LETTERS, newest[i]))
    found[#found + 1] = {newest[i], letter[1], letter[2], newest[i + 1]}
end
return found
