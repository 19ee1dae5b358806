-- Reads how far a cycle is, in O(1).
--
-- KEYS  <cycle>:jobs, <cycle>:done, <cycle>:dead and <cycle>:seal (13)
-- ARGV  cycle
-- Gives {live jobs, done, dead, 1 if sealed}.
local cycle = ARGV[1]
return {redis.call('HLEN', jobs(cycle)), redis.call('HLEN', done(cycle)), redis.call('HLEN', dead(cycle)),
    redis.call('EXISTS', seal(cycle))}
