-- Adds jobs that are neither live nor done: nowhere -> ready.
--
-- KEYS  ready (1), cycles (8), <cycle>:jobs and <cycle>:done (9)
-- ARGV  for each job: cycle, url, priority offset in ms, payload
-- Gives how many were new.
local at = now()
local new = 0
local cycles = {}
for i = 1, #ARGV, 4 do
    local cycle, url = ARGV[i], ARGV[i + 1]
    if redis.call('HEXISTS', done(cycle), url) == 0
            and redis.call('HSETNX', jobs(cycle), url, ARGV[i + 3]) == 1 then
        redis.call('ZADD', READY, at + ARGV[i + 2], cycle .. ' ' .. url)
        new = new + 1
        cycles[cycle] = true
    end
end
for cycle in pairs(cycles) do redis.call('SADD', CYCLES, cycle) end
return new
