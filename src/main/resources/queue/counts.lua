-- Reads how many jobs are where.
--
-- KEYS  ready (1), delayed (2), leased (3), dead (5)
-- Gives {ready, delayed, leased, dead}.
return {redis.call('ZCARD', READY), redis.call('ZCARD', DELAYED), redis.call('ZCARD', LEASED), redis.call('ZCARD', DEAD)}
