-- Reads how far a cycle is, in O(1).
--
-- KEYS  <cycle>:jobs and <cycle>:seal (9)
-- ARGV  cycle
-- Gives {live jobs, 1 if sealed}.
return {redis.call('HLEN', jobs(ARGV[1])), redis.call('EXISTS', seal(ARGV[1]))}
