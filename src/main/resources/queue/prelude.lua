-- Stands before every script of this directory. A script is one transition of the queue, and atomic.
--
-- KEYS, the same for every script, all with the region's hash tag (see Keys.java):
--   1 ready     zset  id -> virtual deadline, ms
--   2 delayed   zset  id -> when it is due, ms
--   3 leased    zset  id -> when the lease ends, ms
--   4 notes     hash  id -> note as JSON; a job that was planned and never claimed has none
--   5 dead      zset  id -> when it was buried, ms
--   6 letters   hash  id -> {payload, why, attempt} as JSON
--   7 fence     the last fence number given out
--   8 cycles    set   of the cycles that have live jobs
--   9 cycle     prefix of three keys for each cycle, <cycle> being its epoch second:
--       <cycle>:jobs   hash  url -> payload, live jobs only: it is empty when the cycle has no more to do
--       <cycle>:done   hash  url -> "<ms> <attempt>", with an expiry
--       <cycle>:seal   present once all jobs of the cycle are planned
--
-- An id is "<cycle> <url>". A note is {attempt, since, deadline, kind, why} and, under a lease, {owner, fence}.
local READY, DELAYED, LEASED, NOTES, DEAD, LETTERS, FENCE, CYCLES, CYCLE = unpack(KEYS)

local DONE_KEPT = 3600000           -- after the last job done: ends re-planning of a job that has been done
local DONE_KEPT_COMPLETE = 600000   -- the same once the cycle is complete
local LETTERS_KEPT = 10000

local function now()
    local time = redis.call('TIME')
    return time[1] * 1000 + math.floor(time[2] / 1000)
end

local function parts(id)
    local space = string.find(id, ' ', 1, true)
    return string.sub(id, 1, space - 1), string.sub(id, space + 1)
end

local function jobs(cycle) return CYCLE .. cycle .. ':jobs' end
local function done(cycle) return CYCLE .. cycle .. ':done' end
local function seal(cycle) return CYCLE .. cycle .. ':seal' end

local function number(n) return string.format('%.0f', n) end

local function read_note(id)
    local text = redis.call('HGET', NOTES, id)
    return text and cjson.decode(text) or nil
end

local function write_note(id, note)
    redis.call('HSET', NOTES, id, cjson.encode(note))
end

-- The note of a lease if it is still that of this owner and fence, else nil: then the caller is stale. Only the note of a
-- leased job names an owner.
local function held(id, owner, fence)
    local note = read_note(id)
    if note and note.owner == owner and note.fence == tonumber(fence) then return note end
    return nil
end

-- From leased to ready or delayed; its place in the order stays what it was when it was planned.
local function release(id, note, attempt, at, due, kind, why)
    redis.call('ZREM', LEASED, id)
    if due then
        redis.call('ZADD', DELAYED, due, id)
    else
        redis.call('ZADD', READY, note.deadline, id)
    end
    write_note(id, {attempt = attempt, since = at, deadline = note.deadline, kind = kind, why = why})
end

-- From leased to nowhere: the job is done. Whoever calls this calls settle_cycles once, after the last job.
local touched = {}
local function finish(id, note, at)
    local cycle, url = parts(id)
    redis.call('ZREM', LEASED, id)
    redis.call('HDEL', NOTES, id)
    redis.call('HDEL', jobs(cycle), url)
    redis.call('HSET', done(cycle), url, number(at) .. ' ' .. note.attempt)
    touched[cycle] = true
end

-- Sees to the cycles that finish has taken jobs from, each of which may have lost its last one.
local function settle_cycles()
    for cycle in pairs(touched) do
        local kept = DONE_KEPT
        if redis.call('EXISTS', jobs(cycle)) == 0 then
            redis.call('SREM', CYCLES, cycle)
            if redis.call('EXISTS', seal(cycle)) == 1 then kept = DONE_KEPT_COMPLETE end
        end
        redis.call('PEXPIRE', done(cycle), kept)
    end
end

-- From leased to the dead letters, payload and all; the oldest letters go when there are too many.
local function entomb(id, note, at, why)
    local cycle, url = parts(id)
    local payload = redis.call('HGET', jobs(cycle), url) or ''
    finish(id, note, at)
    redis.call('ZADD', DEAD, at, id)
    redis.call('HSET', LETTERS, id, cjson.encode({payload, why, note.attempt}))
    local surplus = redis.call('ZCARD', DEAD) - LETTERS_KEPT
    if surplus > 0 then
        local popped = redis.call('ZPOPMIN', DEAD, surplus)
        for i = 1, #popped, 2 do redis.call('HDEL', LETTERS, popped[i]) end
    end
end

