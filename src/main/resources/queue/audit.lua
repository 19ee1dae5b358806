-- Proves that every live job is in exactly one of ready, delayed and leased, and that nothing else is there. O(jobs).
--
-- KEYS  all
-- Gives {live jobs, fault, ...}, at most 100 faults.
local MOST_FAULTS = 100
local faults = {}
local function fault(id, what)
    if #faults < MOST_FAULTS then faults[#faults + 1] = id .. ': ' .. what end
end

local places = {}
for name, key in pairs({ready = READY, delayed = DELAYED, leased = LEASED}) do
    for _, id in ipairs(redis.call('ZRANGE', key, 0, -1)) do
        places[id] = places[id] and (places[id] .. ' and ' .. name) or name
    end
end

local total = 0
local live = {}
for _, cycle in ipairs(redis.call('SMEMBERS', CYCLES)) do
    local urls = redis.call('HKEYS', jobs(cycle))
    if #urls == 0 then fault(cycle, 'a cycle without jobs') end
    for _, url in ipairs(urls) do
        local id = cycle .. ' ' .. url
        live[id] = true
        total = total + 1
        if not places[id] then
            fault(id, 'a job that is nowhere')
        elseif string.find(places[id], ' and ', 1, true) then
            fault(id, 'in ' .. places[id])
        end
        if redis.call('HEXISTS', done(cycle), url) == 1 then fault(id, 'live and done') end
    end
end
for id, place in pairs(places) do
    if not live[id] then fault(id, place .. ' but no job') end
end

local notes = redis.call('HGETALL', NOTES)
local noted = {}
for i = 1, #notes, 2 do
    local id = notes[i]
    noted[id] = cjson.decode(notes[i + 1])
    if not live[id] then fault(id, 'a note of no job') end
    if noted[id].owner and places[id] ~= 'leased' then fault(id, 'an owner without a lease') end
end
for id, place in pairs(places) do
    local note = noted[id]
    if place == 'leased' and not (note and note.owner and note.fence) then fault(id, 'a lease without an owner') end
    if place == 'delayed' and not note then fault(id, 'delayed without a note') end
end

for _, id in ipairs(redis.call('ZRANGE', DEAD, 0, -1)) do
    if redis.call('HEXISTS', LETTERS, id) == 0 then fault(id, 'dead without a letter') end
end
if redis.call('ZCARD', DEAD) < redis.call('HLEN', LETTERS) then fault('letters', 'more than the dead') end

table.insert(faults, 1, total)
return faults
