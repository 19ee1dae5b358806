-- Puts dead letters back as first attempts in another cycle: dead -> ready or asked. A letter that is gone, or whose relay has
-- ended in that cycle, is left alone; one whose relay is live in it goes, for the job is there.
--
-- KEYS  ready (1), asked (2), dead (7), letters (8), cycles (10), recent (11), all of the cycle but its seal (13)
-- ARGV  cycle, offsets by priority, how many terms, for each: hash, JSON; then for each letter: id, url, job
-- Gives how many letters were put back.
local shared, last = read_terms(3)
local all = {}
for i = last + 1, #ARGV, 3 do all[#all + 1] = ARGV[i] end
local ids, urls, packed = {}, {}, {}
for i, buried in ipairs(many('ZMSCORE', DEAD, all)) do
    if buried then
        ids[#ids + 1] = all[i]
        urls[#urls + 1] = ARGV[last + 3 * i - 1]
        packed[#packed + 1] = ARGV[last + 3 * i]
    end
end
if #ids == 0 then return 0 end
local gone = {}
for i, what in ipairs(enqueue(ARGV[1], shared, read_offsets(ARGV[2]), urls, packed)) do
    if what ~= 'ended' then gone[#gone + 1] = ids[i] end
end
many('HDEL', LETTERS, gone)
return #gone > 0 and redis.call('ZREM', DEAD, unpack(gone)) or 0
