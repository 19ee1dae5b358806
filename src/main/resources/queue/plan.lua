-- Adds jobs of one cycle that are neither live nor done nor dead: nowhere -> ready or asked.
--
-- KEYS  ready (1), asked (2), cycles (10), recent (11), all of the cycle but its seal (13)
-- ARGV  cycle, offsets by priority, how many terms, for each: hash, JSON; then for each job: url, job
-- Gives how many were new.
local shared, last = read_terms(3)
local urls, packed = {}, {}
for i = last + 1, #ARGV, 2 do
    urls[#urls + 1] = ARGV[i]
    packed[#packed + 1] = ARGV[i + 1]
end
local new = 0
for _, what in ipairs(enqueue(ARGV[1], shared, read_offsets(ARGV[2]), urls, packed)) do
    if what == 'new' then new = new + 1 end
end
return new
