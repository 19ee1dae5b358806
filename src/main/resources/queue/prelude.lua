-- Stands before every script of this directory. A script is one transition of the queue, and atomic. All work on lists:
-- a batch of jobs costs a few commands, not a few for each job. Lists are at most 1,000 long: Lua unpacks 8,000.
--
-- KEYS, the same for every script, all with the region's hash tag (see Keys.java):
--   1 ready     zset  id -> virtual deadline, ms
--   2 asked     zset  the same of those that somebody asked for
--   3 delayed   zset  id -> when it is due, ms: waits for its turn, or to confirm an outage
--   4 retrying  zset  id -> when it is due, ms: waits after a fault of ours
--   5 leased    zset  id -> when the lease ends, ms
--   6 notes     hash  id -> note; a job that was planned and never claimed has none
--   7 dead      zset  id -> when it was buried, ms
--   8 letters   hash  id -> payload, why, attempt, confirmation
--   9 fence     the last fence number given out
--  10 cycles    zset  cycle with live jobs -> its number, below zero if all of its jobs were asked for
--  11 recent    zset  cycle without live jobs -> when what was done is forgotten, ms
--  12 rates     zset  what has a rate -> theoretical arrival time, ms
--  13 cycle     prefix of five keys for each cycle, <cycle> being its epoch second in base 36:
--       <cycle>:terms  hash  number -> JSON that many jobs share, and the hash of the JSON -> number; while there are live jobs
--       <cycle>:jobs   hash  url -> job, live ones only: it is empty when the cycle has no more to do
--       <cycle>:done   hash  url -> "<ms> <attempt> <confirmation>", with an expiry
--       <cycle>:dead   hash  the same of those that became dead letters
--       <cycle>:seal   present once all jobs of the cycle are planned
--
-- An id is "<cycle> <url>", where a URL is without "wss://" and without the "/" of an empty path. A job is the number of its
-- terms in base 36 and the letter of its priority, a capital if the relay was up.
local READY, ASKED, DELAYED, RETRYING, LEASED, NOTES, DEAD, LETTERS, FENCE, CYCLES, RECENT, RATES, CYCLE = unpack(KEYS)

local DONE_KEPT = 3600000           -- after the last job done: ends re-planning of a job that has been done
local DONE_KEPT_COMPLETE = 600000   -- the same once the cycle is complete
local PRIORITIES = {A = 'ON_DEMAND', C = 'CONFIRMING', O = 'ONLINE', D = 'DEAD'}

local function now()
    local time = redis.call('TIME')
    return time[1] * 1000 + math.floor(time[2] / 1000)
end

local function parts(id)
    local space = string.find(id, ' ', 1, true)
    return string.sub(id, 1, space - 1), string.sub(id, space + 1)
end

local function terms(cycle) return CYCLE .. cycle .. ':terms' end
local function jobs(cycle) return CYCLE .. cycle .. ':jobs' end
local function done(cycle) return CYCLE .. cycle .. ':done' end
local function dead(cycle) return CYCLE .. cycle .. ':dead' end
local function seal(cycle) return CYCLE .. cycle .. ':seal' end

local function second(cycle) return string.format('%.0f', tonumber(cycle, 36)) end

-- A URL as people write it.
local function full(url)
    if string.sub(url, 1, 5) ~= 'ws://' then url = 'wss://' .. url end
    return string.find(url, '/', 7, true) and url or url .. '/'
end

local function terms_of(job) return string.sub(job, 1, -2) end
local function priority_of(job) return string.upper(string.sub(job, -1)) end

local function number(n) return string.format('%.0f', n) end

-- One command with a list of arguments; none if the list is empty.
local function many(command, key, list)
    if #list == 0 then return {} end
    return redis.call(command, key, unpack(list))
end

-- Ids as a list of {cycle, urls, places in the list of ids}, one for each cycle.
local function by_cycle(ids)
    local groups, known = {}, {}
    for i, id in ipairs(ids) do
        local cycle, url = parts(id)
        local group = known[cycle]
        if not group then
            group = {cycle = cycle, urls = {}, at = {}}
            known[cycle] = group
            groups[#groups + 1] = group
        end
        group.urls[#group.urls + 1] = url
        group.at[#group.at + 1] = i
    end
    return groups
end

-- A note: how often it was tried, and seen to fail; 1 if it was asked for; since when it is where it is; its virtual deadline;
-- what its host was charged for it, ms, if it has not been claimed since, or -1; under a lease fence and owner, else 0 and '';
-- the address whose turn it waits or waited for, or ''; why it is not ready, or was not, or ''. Scripts that many jobs go
-- through take a note apart in place: a table for each would take most of their time.
local NOTE = '>HHBddfdHc0Hc0Hc0'

local function pack_note(n)
    local owner, reserved, why = n.owner or '', n.reserved or '', n.why or ''
    return struct.pack(NOTE, n.attempt, n.confirmation, n.asked and 1 or 0, n.since, n.deadline, n.paid or -1, n.fence or 0,
        #owner, owner, #reserved, reserved, #why, why)
end

local function unpack_note(text)
    if not text then return nil end
    local attempt, confirmation, asked, since, deadline, paid, fence, owner, reserved, why = struct.unpack(NOTE, text)
    return {
        attempt = attempt,
        confirmation = confirmation,
        asked = asked == 1,
        since = since,
        deadline = deadline,
        paid = paid >= 0 and paid or nil,
        fence = fence > 0 and fence or nil,
        owner = owner ~= '' and owner or nil,
        reserved = reserved ~= '' and reserved or nil,
        why = why,
    }
end

local function new_note(deadline, asked)
    return {attempt = 1, confirmation = 0, deadline = deadline, asked = asked}
end

-- Attempt and confirmation of a lease if it is still that of this owner and fence, else nil: then the caller is stale. Only the
-- note of a leased job names an owner.
local function held(text, owner, fence)
    if not text then return nil end
    local attempt, confirmation, _, _, _, _, its_fence, its_owner = struct.unpack(NOTE, text)
    if its_owner == owner and its_fence == tonumber(fence) then return attempt, confirmation end
    return nil
end

-- The note of a lease as its owner proves it by the first three arguments, or nil.
local function proven()
    local text = redis.call('HGET', NOTES, ARGV[1])
    return held(text, ARGV[2], ARGV[3]) and unpack_note(text) or nil
end

-- From leased to another place; its virtual deadline is the note's.
local function release(id, note, place, score, at, why)
    redis.call('ZREM', LEASED, id)
    redis.call('ZADD', place, score, id)
    note.since, note.why, note.owner, note.fence = at, why, nil, nil
    redis.call('HSET', NOTES, id, pack_note(note))
end

-- Sees to a cycle that has lost jobs, perhaps its last one.
local function settle(cycle, at)
    local kept = DONE_KEPT
    if redis.call('EXISTS', jobs(cycle)) == 0 then
        if redis.call('EXISTS', seal(cycle)) == 1 then kept = DONE_KEPT_COMPLETE end
        redis.call('ZREM', CYCLES, cycle)
        redis.call('UNLINK', terms(cycle))
        redis.call('ZADD', RECENT, at + kept, cycle)
        redis.call('ZREMRANGEBYSCORE', RECENT, '-inf', at)
        redis.call('PEXPIRE', RECENT, DONE_KEPT)
    end
    redis.call('PEXPIRE', done(cycle), kept)
    redis.call('PEXPIRE', dead(cycle), kept)
end

-- From leased to nowhere; which hash remembers it is said by ended, that is done or dead. tries has "<attempt> <confirmation>"
-- for each.
local function finish(ids, tries, ended, at)
    if #ids == 0 then return end
    local when = number(at) .. ' '
    redis.call('ZREM', LEASED, unpack(ids))
    redis.call('HDEL', NOTES, unpack(ids))
    for _, group in ipairs(by_cycle(ids)) do
        local ends = {}
        for i, url in ipairs(group.urls) do
            ends[#ends + 1] = url
            ends[#ends + 1] = when .. tries[group.at[i]]
        end
        redis.call('HDEL', jobs(group.cycle), unpack(group.urls))
        redis.call('HSET', ended(group.cycle), unpack(ends))
        settle(group.cycle, at)
    end
end

