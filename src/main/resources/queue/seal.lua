-- Says that no more jobs of a cycle will be planned.
--
-- KEYS  <cycle>:seal, <cycle>:jobs and <cycle>:done (9)
-- ARGV  cycle
local SEAL_KEPT = 604800000         -- a week, longer than any cycle lives
redis.call('SET', seal(ARGV[1]), number(now()), 'PX', SEAL_KEPT)
if redis.call('EXISTS', jobs(ARGV[1])) == 0 then
    redis.call('PEXPIRE', done(ARGV[1]), DONE_KEPT_COMPLETE)
end
return 1
