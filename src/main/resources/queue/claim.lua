-- Leases jobs to an owner, each with a fence of its own: ready or asked -> leased. Before that, what is due: delayed or
-- retrying -> ready or asked. What is ready and whose host has had its turn: ready -> delayed, to its next turn.
--
-- KEYS  all but dead, letters and recent (7, 8, 11); <cycle>:jobs and <cycle>:terms (13)
-- ARGV  owner, most, most on top of those asked for, lease in ms, interval between turns of a host in ms, of all, or 0
-- Gives {1 if there may be more to have at once, how many not counting those on top, {cycle and number of terms, their JSON, ...}, {id, job, fence, attempt, confirmation,
-- reserved or '', ...} in the order of their virtual deadlines, those on top last}.
local PROMOTED = 500                -- at most so many become ready in one call, from each place
local LOOKED_AT = 1000              -- at most so many are looked at in one call
local OVERALL = ' overall'
local WHY = 'its host has had its turn'
local at = now()
local owner, most, on_top, ends = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), at + ARGV[4]
local per_host, overall = tonumber(ARGV[5]), tonumber(ARGV[6])

local function promote(place)
    local ids = redis.call('ZRANGEBYSCORE', place, '-inf', at, 'LIMIT', 0, PROMOTED)
    if #ids == 0 then return end
    local ready, asked, notes = {}, {}, {}
    for i, text in ipairs(redis.call('HMGET', NOTES, unpack(ids))) do
        local note = unpack_note(text) or new_note(at, false)
        note.since = at
        local to = note.asked and asked or ready
        to[#to + 1] = note.deadline
        to[#to + 1] = ids[i]
        notes[#notes + 1] = ids[i]
        notes[#notes + 1] = pack_note(note)
    end
    redis.call('ZREM', place, unpack(ids))
    redis.call('HSET', NOTES, unpack(notes))
    many('ZADD', READY, ready)
    many('ZADD', ASKED, asked)
end

-- How many turns of all together there are now.
local function allowance()
    if overall == 0 then return LOOKED_AT end
    local early = at + tolerance(overall) - math.max(at, arrivals[OVERALL] or at)
    return math.max(0, math.floor(early / overall) + 1)
end

-- The first of both queues in the order of their deadlines, n at most, no more than so many of those not asked for.
local function pop(n, not_asked)
    local ready = not_asked > 0 and redis.call('ZRANGE', READY, 0, math.min(n, not_asked) - 1, 'WITHSCORES') or {}
    local asked = redis.call('ZRANGE', ASKED, 0, n - 1, 'WITHSCORES')
    local popped, r, a = {}, 1, 1
    while #popped < n and (ready[r] or asked[a]) do
        local is_asked = not ready[r] or (asked[a] and tonumber(asked[a + 1]) <= tonumber(ready[r + 1]))
        if is_asked then
            popped[#popped + 1] = {id = asked[a], deadline = tonumber(asked[a + 1]), asked = true}
            a = a + 2
        else
            popped[#popped + 1] = {id = ready[r], deadline = tonumber(ready[r + 1]), asked = false}
            r = r + 2
        end
    end
    if r > 1 then redis.call('ZREMRANGEBYRANK', READY, 0, (r - 3) / 2) end
    if a > 1 then redis.call('ZREMRANGEBYRANK', ASKED, 0, (a - 3) / 2) end
    return popped
end

local function add_notes(popped)
    local ids = {}
    for i, one in ipairs(popped) do ids[i] = one.id end
    for i, text in ipairs(many('HMGET', NOTES, ids)) do
        popped[i].note = unpack_note(text) or new_note(popped[i].deadline, popped[i].asked)
    end
end

local function add_hosts(popped)
    local hosts = {}
    for i, one in ipairs(popped) do
        local _, url = parts(one.id)
        one.host = host_of(url)
        hosts[i] = one.host
    end
    learn(hosts)
end

-- Who was asked for is charged, and never waits.
local taken, turned_away = {}, {}
local function admit(one)
    local turn = at
    if per_host > 0 and not one.note.paid then
        if not one.asked then turn = slot(arrivals[one.host], per_host, at) end
        charge(one.host, per_host, turn)
    end
    if turn > at then
        one.turn = turn
        turned_away[#turned_away + 1] = one
        return
    end
    if overall > 0 then charge(OVERALL, overall, at) end
    taken[#taken + 1] = one
end

local function take(popped)
    add_notes(popped)
    if per_host > 0 then add_hosts(popped) end
    for _, one in ipairs(popped) do admit(one) end
    return #popped
end

local function turn_away()
    local delayed, notes = {}, {}
    for _, one in ipairs(turned_away) do
        local note = one.note
        note.since, note.paid, note.why = at, per_host, WHY
        delayed[#delayed + 1] = one.turn
        delayed[#delayed + 1] = one.id
        notes[#notes + 1] = one.id
        notes[#notes + 1] = pack_note(note)
    end
    many('ZADD', DELAYED, delayed)
    many('HSET', NOTES, notes)
end

-- The time is the least that a fence can be: so fences rise even if Redis has lost the last one.
local function fences(n)
    local last = math.max(at, tonumber(redis.call('GET', FENCE) or 0))
    redis.call('SET', FENCE, number(last + n))
    return last
end

local function lease()
    local ids, packed = {}, {}
    for i, one in ipairs(taken) do ids[i] = one.id end
    local shared = {}
    for _, group in ipairs(by_cycle(ids)) do
        local wanted, known = {}, {}
        for i, job in ipairs(redis.call('HMGET', jobs(group.cycle), unpack(group.urls))) do
            packed[group.at[i]] = job
            local terms_number = job and terms_of(job)
            if job and not known[terms_number] then
                known[terms_number] = true
                wanted[#wanted + 1] = terms_number
            end
        end
        for i, json in ipairs(many('HMGET', terms(group.cycle), wanted)) do
            if json then
                shared[#shared + 1] = group.cycle .. ' ' .. wanted[i]
                shared[#shared + 1] = json
            end
        end
    end
    local fence, leased, notes, leases = fences(#taken), {}, {}, {}
    for i, one in ipairs(taken) do
        if packed[i] then
            local note = one.note
            fence = fence + 1
            note.since, note.owner, note.fence, note.paid = at, owner, fence, nil
            leased[#leased + 1] = ends
            leased[#leased + 1] = one.id
            notes[#notes + 1] = one.id
            notes[#notes + 1] = pack_note(note)
            local n = #leases
            leases[n + 1], leases[n + 2], leases[n + 3] = one.id, packed[i], fence
            leases[n + 4], leases[n + 5], leases[n + 6] = note.attempt, note.confirmation, note.reserved or ''
        else
            redis.call('HDEL', NOTES, one.id)
        end
    end
    many('ZADD', LEASED, leased)
    many('HSET', NOTES, notes)
    return shared, leases
end

promote(DELAYED)
promote(RETRYING)
if per_host > 0 or overall > 0 then
    forget_past_rates(at)
    learn({OVERALL})
end

local looked_at, empty = 0, false
while #taken < most and looked_at < LOOKED_AT and not empty do
    local room = math.min(most - #taken, LOOKED_AT - looked_at)
    local popped = pop(room, allowance())
    looked_at = looked_at + take(popped)
    empty = #popped == 0
end
local counted = #taken
if on_top > 0 then
    local popped = {}
    local list = redis.call('ZPOPMIN', ASKED, on_top)
    for i = 1, #list, 2 do popped[#popped + 1] = {id = list[i], deadline = tonumber(list[i + 1]), asked = true} end
    take(popped)
end

turn_away()
keep_rates(at)
if #taken == 0 then return {empty and 0 or 1, 0, {}, {}} end
return {empty and 0 or 1, counted, lease()}
