-- Reads how many jobs are where, in O(1).
--
-- KEYS  all places (1 to 5), dead (7)
-- Gives {ready, asked, delayed, retrying, leased, dead, how far the most urgent one is past its virtual deadline in ms}. What is
-- due and has not been made ready yet, which a claim does, counts from when it was due.
local at = now()
local overdue = 0
local counts = {}
for i, place in ipairs({READY, ASKED, DELAYED, RETRYING, LEASED, DEAD}) do
    counts[i] = redis.call('ZCARD', place)
    if i <= 4 then
        local head = redis.call('ZRANGE', place, 0, 0, 'WITHSCORES')
        if head[2] then overdue = math.max(overdue, at - head[2]) end
    end
end
counts[#counts + 1] = math.floor(overdue)
return counts
