-- Stands before claim, drop and turn, after the prelude: the generic cell rate algorithm (GCRA) with reservation.
--
-- Of whatever has a rate, the theoretical arrival time is kept: when its next turn would be if all turns were taken at even
-- intervals. A second's worth of turns may come early. One that lies in the past says nothing and is forgotten.

-- A host in the table of rates; never empty, and never with a space, as all else in the table.
local function host_of(url)
    local rest = string.gsub(url, '^ws://', '')
    return string.match(rest, '^%[[^%]]*%]') or string.match(rest, '^[^:/?]+') or url
end

local function tolerance(interval) return math.max(0, 1000 - interval) end

-- When the next turn is, at the earliest now.
local function slot(arrival, interval, at)
    return math.max(at, (arrival or at) - tolerance(interval))
end

-- The arrival time once a turn at that slot is taken.
local function charged(arrival, interval, taken)
    return math.max(arrival or taken, taken) + interval
end

local function forget_past_rates(at)
    redis.call('ZREMRANGEBYSCORE', RATES, '-inf', at)
end

-- Arrival times that are known in this call (false: none is kept), and those that are new.
local arrivals, changed = {}, {}

local function learn(whats)
    local unknown = {}
    for _, what in ipairs(whats) do
        if arrivals[what] == nil then
            arrivals[what] = false
            unknown[#unknown + 1] = what
        end
    end
    for i, arrival in ipairs(many('ZMSCORE', RATES, unknown)) do arrivals[unknown[i]] = tonumber(arrival) or false end
end

local function charge(what, interval, taken)
    arrivals[what] = charged(arrivals[what], interval, taken)
    changed[what] = true
end

-- Keeps what is new; without any more turns all of it is gone soon after the last of them.
local function keep_rates(at)
    local list = {}
    for what in pairs(changed) do
        list[#list + 1] = arrivals[what]
        list[#list + 1] = what
    end
    if #list == 0 then return end
    redis.call('ZADD', RATES, unpack(list))
    local last = redis.call('ZRANGE', RATES, -1, -1, 'WITHSCORES')
    redis.call('PEXPIRE', RATES, math.ceil(last[2] - at) + 1000)
end

