-- Says that no more jobs of a cycle will be planned.
--
-- KEYS  recent (11), <cycle>:jobs, <cycle>:done, <cycle>:dead and <cycle>:seal (13)
-- ARGV  cycle
local SEAL_KEPT = 604800000         -- a week, longer than any cycle lives
local at = now()
redis.call('SET', seal(ARGV[1]), number(at), 'PX', SEAL_KEPT)
if redis.call('EXISTS', jobs(ARGV[1])) == 0 then settle(ARGV[1], at) end
return 1
