-- Proves that every live job is in exactly one of the five places, and that nothing else is there. O(jobs).
--
-- KEYS  all
-- Gives {live jobs, fault, ...}, at most 100 faults.
local MOST_FAULTS = 100
local faults = {}
local function fault(id, what)
    local cycle, url = string.match(id, '^(%w+) (.+)$')
    if cycle then id = second(cycle) .. ' ' .. full(url) end
    if #faults < MOST_FAULTS then faults[#faults + 1] = id .. ': ' .. what end
end

local places = {}
local named = {ready = READY, asked = ASKED, delayed = DELAYED, retrying = RETRYING, leased = LEASED}
for name, key in pairs(named) do
    for _, id in ipairs(redis.call('ZRANGE', key, 0, -1)) do
        places[id] = places[id] and (places[id] .. ' and ' .. name) or name
    end
end

local total = 0
local live, asked = {}, {}
for _, cycle in ipairs(redis.call('ZRANGE', CYCLES, 0, -1)) do
    local entries = redis.call('HGETALL', jobs(cycle))
    if #entries == 0 then fault(cycle, 'a cycle without jobs') end
    if redis.call('ZSCORE', RECENT, cycle) then fault(cycle, 'live and among the recent cycles') end
    local has_terms = {}
    for _, key in ipairs(redis.call('HKEYS', terms(cycle))) do has_terms[key] = true end
    local all_asked = true
    for i = 1, #entries, 2 do
        local url, job = entries[i], entries[i + 1]
        local id = cycle .. ' ' .. url
        live[id] = true
        asked[id] = priority_of(job) == 'A'
        all_asked = all_asked and asked[id]
        total = total + 1
        if not places[id] then
            fault(id, 'a job that is nowhere')
        elseif string.find(places[id], ' and ', 1, true) then
            fault(id, 'in ' .. places[id])
        end
        if not has_terms[terms_of(job)] then fault(id, 'a job without terms') end
        if redis.call('HEXISTS', done(cycle), url) == 1 then fault(id, 'live and done') end
        if redis.call('HEXISTS', dead(cycle), url) == 1 then fault(id, 'live and dead') end
    end
    if not all_asked and tonumber(redis.call('ZSCORE', CYCLES, cycle)) < 0 then
        fault(cycle, 'not all of its jobs were asked for')
    end
end
for _, cycle in ipairs(redis.call('ZRANGE', RECENT, 0, -1)) do
    if redis.call('EXISTS', terms(cycle)) == 1 then fault(cycle, 'terms of no job') end
end
for id, place in pairs(places) do
    if not live[id] then fault(id, place .. ' but no job') end
    if live[id] and place == 'ready' and asked[id] then fault(id, 'asked for, but not among those') end
    if live[id] and place == 'asked' and not asked[id] then fault(id, 'among those asked for, but was not') end
end

local notes = redis.call('HGETALL', NOTES)
local noted = {}
for i = 1, #notes, 2 do
    local id = notes[i]
    noted[id] = unpack_note(notes[i + 1])
    if not live[id] then fault(id, 'a note of no job') end
    if noted[id].owner and places[id] ~= 'leased' then fault(id, 'an owner without a lease') end
    if live[id] and (noted[id].asked or false) ~= asked[id] then fault(id, 'its note mistakes whether it was asked for') end
end
for id, place in pairs(places) do
    local note = noted[id]
    if place == 'leased' and not (note and note.owner and note.fence) then fault(id, 'a lease without an owner') end
    if (place == 'delayed' or place == 'retrying') and not note then fault(id, place .. ' without a note') end
end

for _, id in ipairs(redis.call('ZRANGE', DEAD, 0, -1)) do
    if redis.call('HEXISTS', LETTERS, id) == 0 then fault(id, 'dead without a letter') end
end
if redis.call('ZCARD', DEAD) < redis.call('HLEN', LETTERS) then fault('letters', 'more than the dead') end

table.insert(faults, 1, total)
return faults
