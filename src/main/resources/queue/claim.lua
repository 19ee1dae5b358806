-- Leases jobs to an owner, each with a fence of its own: ready or asked -> leased. Before that, what is due: delayed or
-- retrying -> ready or asked. What is ready and whose host has had its turn: ready -> delayed, to its next turn.
--
-- KEYS  all but dead, letters and recent (7, 8, 11); <cycle>:jobs and <cycle>:terms (13)
-- ARGV  owner, most, most on top of those asked for, lease in ms, interval between turns of a host in ms, of all, or 0
-- Gives {1 if there may be more to have at once, how many not counting those on top, {cycle and number of terms, their JSON, ...}, {id, job, fence, attempt, confirmation,
-- reserved or '', ...} in the order of their virtual deadlines, those on top last}.
local PROMOTED = 500                -- at most so many become ready in one call, from each place
local LOOKED_AT = 500                -- at most so many are looked at in one call
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

-- What was popped, or is leased: lists of ids, deadlines, whether each was asked for, and notes or false.
local function new_list() return {ids = {}, deadlines = {}, asked = {}, texts = {}} end

local function append(list, id, deadline, asked, text)
    local n = #list.ids + 1
    list.ids[n], list.deadlines[n], list.asked[n], list.texts[n] = id, deadline, asked, text
end

-- The first of both queues in the order of their deadlines, n at most, no more than so many of those not asked for.
local function pop(n, not_asked)
    local ready = not_asked > 0 and redis.call('ZRANGE', READY, 0, math.min(n, not_asked) - 1, 'WITHSCORES') or {}
    local asked = redis.call('ZRANGE', ASKED, 0, n - 1, 'WITHSCORES')
    local popped, r, a = new_list(), 1, 1
    local first_asked = tonumber(asked[2])
    for _ = 1, n do
        local deadline = tonumber(ready[r + 1])
        if first_asked and (not deadline or first_asked <= deadline) then
            append(popped, asked[a], first_asked, true)
            a = a + 2
            first_asked = tonumber(asked[a + 1])
        elseif deadline then
            append(popped, ready[r], deadline, false)
            r = r + 2
        else
            break
        end
    end
    if r > 1 then redis.call('ZREMRANGEBYRANK', READY, 0, (r - 3) / 2) end
    if a > 1 then redis.call('ZREMRANGEBYRANK', ASKED, 0, (a - 3) / 2) end
    return popped
end

local function is_paid(text)
    if not text then return false end
    local _, _, _, _, _, paid = struct.unpack(NOTE, text)
    return paid >= 0
end

-- Who was asked for is charged, and never waits.
local taken = new_list()
local delayed, notes_of_delayed = {}, {}
local function turn_away(id, deadline, asked, text, turn)
    local note = unpack_note(text) or new_note(deadline, asked)
    note.since, note.paid, note.why = at, per_host, WHY
    delayed[#delayed + 1] = turn
    delayed[#delayed + 1] = id
    notes_of_delayed[#notes_of_delayed + 1] = id
    notes_of_delayed[#notes_of_delayed + 1] = pack_note(note)
end

local function turn_of(id, asked, text)
    if per_host == 0 or is_paid(text) then return at end
    local _, url = parts(id)
    local host = host_of(url)
    local turn = asked and at or slot(arrivals[host], per_host, at)
    charge(host, per_host, turn)
    return turn
end

local function learn_hosts(ids)
    local hosts = {}
    for i, id in ipairs(ids) do
        local _, url = parts(id)
        hosts[i] = host_of(url)
    end
    learn(hosts)
end

-- Leases what may be, delays what may not. Gives how many there were.
local function take(popped)
    if per_host > 0 then learn_hosts(popped.ids) end
    for i, text in ipairs(many('HMGET', NOTES, popped.ids)) do
        local id, deadline, asked = popped.ids[i], popped.deadlines[i], popped.asked[i]
        local turn = turn_of(id, asked, text)
        if turn > at then
            turn_away(id, deadline, asked, text, turn)
        else
            if overall > 0 then charge(OVERALL, overall, at) end
            append(taken, id, deadline, asked, text)
        end
    end
    return #popped.ids
end

-- The time is the least that a fence can be: so fences rise even if Redis has lost the last one.
local function fences(n)
    local last = math.max(at, tonumber(redis.call('GET', FENCE) or 0))
    redis.call('SET', FENCE, number(last + n))
    return last
end

-- The jobs in the order of the ids, and {cycle and number of terms, their JSON, ...}.
local function read_jobs(ids)
    local packed, shared = {}, {}
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
    return packed, shared
end

local function lease()
    local packed, shared = read_jobs(taken.ids)
    local fence, ends_text, leased, notes, leases, n = fences(#taken.ids), number(ends), {}, {}, {}, 0
    for i, id in ipairs(taken.ids) do
        local attempt, confirmation, reserved, deadline, why, _ = 1, 0, '', taken.deadlines[i], ''
        if taken.texts[i] then
            attempt, confirmation, _, _, deadline, _, _, _, reserved, why = struct.unpack(NOTE, taken.texts[i])
        end
        if packed[i] then
            fence = fence + 1
            leased[#leased + 1] = ends_text
            leased[#leased + 1] = id
            notes[#notes + 1] = id
            notes[#notes + 1] = struct.pack(NOTE, attempt, confirmation, taken.asked[i] and 1 or 0, at, deadline, -1, fence,
                #owner, owner, #reserved, reserved, #why, why)
            leases[n + 1], leases[n + 2], leases[n + 3] = id, packed[i], fence
            leases[n + 4], leases[n + 5], leases[n + 6] = attempt, confirmation, reserved
            n = n + 6
        else
            redis.call('HDEL', NOTES, id)
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
while #taken.ids < most and looked_at < LOOKED_AT and not empty do
    local room = math.min(most - #taken.ids, LOOKED_AT - looked_at)
    local count = take(pop(room, allowance()))
    looked_at = looked_at + count
    empty = count == 0
end
local counted = #taken.ids
if on_top > 0 then
    local popped = new_list()
    local list = redis.call('ZPOPMIN', ASKED, on_top)
    for i = 1, #list, 2 do append(popped, list[i], tonumber(list[i + 1]), true) end
    take(popped)
end

many('ZADD', DELAYED, delayed)
many('HSET', NOTES, notes_of_delayed)
keep_rates(at)
if #taken.ids == 0 then return {empty and 0 or 1, 0, {}, {}} end
return {empty and 0 or 1, counted, lease()}
