-- Reads where jobs of a relay are: the one of a cycle, or those of the newest cycles that have live jobs, of the newest of
-- which all jobs were asked for, and of those that ended last. Looks at 50 cycles at most.
--
-- KEYS  all but fence (9) and rates (12)
-- ARGV  url, cycle or nothing
-- Gives {cycle, where, owner, since, until, attempt, confirmation, why, job} for each that there is, times in ms as text. For
-- a job that was planned and never claimed, since is its virtual deadline, and job, else '', tells the offset.
local url = ARGV[1]

local function answer(cycle, where, note, to, job)
    return {cycle, where, note.owner or '', number(note.since), number(to), note.attempt, note.confirmation,
        note.why or '', job or ''}
end

local function live(cycle, id, job)
    local note = unpack_note(redis.call('HGET', NOTES, id))
    local ends = redis.call('ZSCORE', LEASED, id)
    if ends then return answer(cycle, 'RUNNING', note, ends) end
    local due = redis.call('ZSCORE', DELAYED, id)
    if due then return answer(cycle, 'DELAYED', note, due) end
    due = redis.call('ZSCORE', RETRYING, id)
    if due then return answer(cycle, 'RETRYING', note, due) end
    local deadline = redis.call('ZSCORE', READY, id) or redis.call('ZSCORE', ASKED, id)
    if not deadline then return nil end
    if note then return answer(cycle, 'QUEUED', note, note.since) end
    note = new_note(deadline)
    note.since = deadline
    return answer(cycle, 'QUEUED', note, deadline, job)
end

local function ended(cycle, where, text, why)
    local at, attempt, confirmation = string.match(text, '^(%d+) (%d+) (%d+)$')
    local note = {since = at, attempt = tonumber(attempt), confirmation = tonumber(confirmation), why = why}
    return answer(cycle, where, note, at)
end

local function letter(cycle, id)
    local buried = redis.call('ZSCORE', DEAD, id)
    if not buried then return nil end
    local _, why, attempt, confirmation = cmsgpack.unpack(redis.call('HGET', LETTERS, id))
    local note = {since = buried, attempt = attempt, confirmation = confirmation, why = why}
    return answer(cycle, 'DEAD', note, buried)
end

local function of_cycle(cycle)
    local id = cycle .. ' ' .. url
    local job = redis.call('HGET', jobs(cycle), url)
    if job then return live(cycle, id, job) end
    local acked = redis.call('HGET', done(cycle), url)
    if acked then return ended(cycle, 'DONE', acked) end
    local buried = letter(cycle, id)
    if buried then return buried end
    local was = redis.call('HGET', dead(cycle), url)
    return was and ended(cycle, 'DEAD', was, 'its letter is gone') or nil
end

local cycles = {}
local function look_at(list)
    for _, cycle in ipairs(list) do cycles[#cycles + 1] = cycle end
end
if ARGV[2] then
    cycles = {ARGV[2]}
else
    look_at(redis.call('ZREVRANGEBYSCORE', CYCLES, '+inf', 0, 'LIMIT', 0, 10))
    look_at(redis.call('ZRANGEBYSCORE', CYCLES, '-inf', '(0', 'LIMIT', 0, 20))
    look_at(redis.call('ZREVRANGE', RECENT, 0, 19))
end
local found = {}
for _, cycle in ipairs(cycles) do found[#found + 1] = of_cycle(cycle) end
return found
