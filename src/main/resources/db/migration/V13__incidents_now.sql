-- What broke, what came back and what got better, each newest first: so that the overview reads the newest few of each, however
-- many of another kind came after them. A relay is in one of the three at most, as it was in the one that they replace.
-- 1 online, 2 degraded, 3 offline.
CREATE INDEX relay_turned_worse ON relay_summary (since DESC, relay_id) WHERE listed = 1 AND was > 0 AND state > was;
CREATE INDEX relay_turned_back ON relay_summary (since DESC, relay_id) WHERE listed = 1 AND was = 3 AND state < 3;
CREATE INDEX relay_turned_better ON relay_summary (since DESC, relay_id) WHERE listed = 1 AND was = 2 AND state < 2;
DROP INDEX relay_summary_since;
