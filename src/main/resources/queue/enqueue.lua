-- Stands before plan and redrive, after the prelude.

-- The list {hash, JSON, ...} from ARGV[first + 1] on, as long as ARGV[first] says, and where it ends.
local function read_terms(first)
    local list, last = {}, first + 2 * ARGV[first]
    for i = first + 1, last do list[#list + 1] = ARGV[i] end
    return list, last
end

-- "A0 C30000 ..." as a table from the letter of a priority to its offset.
local function read_offsets(text)
    local offsets = {}
    for letter, ms in string.gmatch(text, '(%a)(%d+)') do offsets[letter] = tonumber(ms) end
    return offsets
end

local function base36(n)
    local digits = ''
    repeat
        local digit = n % 36
        digits = string.sub('0123456789abcdefghijklmnopqrstuvwxyz', digit + 1, digit + 1) .. digits
        n = math.floor(n / 36)
    until n == 0
    return digits
end

-- The numbers of terms in a cycle, which may be new ones.
local function number_terms(cycle, shared)
    local hashes, numbers = {}, {}
    for i = 1, #shared, 2 do hashes[#hashes + 1] = shared[i] end
    local used = redis.call('HLEN', terms(cycle)) / 2
    for i, known in ipairs(redis.call('HMGET', terms(cycle), unpack(hashes))) do
        numbers[i] = known
        if not known then
            numbers[i] = base36(used)
            used = used + 1
            redis.call('HSET', terms(cycle), hashes[i], numbers[i], numbers[i], shared[2 * i])
        end
    end
    return numbers
end

-- Adds jobs that the cycle does not know: nowhere -> ready or asked. urls and packed are lists of the same length; a job is
-- packed as it will be kept, but with the place of its terms in shared, from 1. Gives for each what it is: 'new', 'live', or
-- 'ended'.
local function enqueue(cycle, shared, offsets, urls, packed)
    local at = now()
    local live = redis.call('HMGET', jobs(cycle), unpack(urls))
    local acked = redis.call('HMGET', done(cycle), unpack(urls))
    local buried = redis.call('HMGET', dead(cycle), unpack(urls))
    local is, added, ready, asked, seen = {}, {}, {}, {}, {}
    for i, url in ipairs(urls) do
        if live[i] or seen[url] then
            is[i] = 'live'
        elseif acked[i] or buried[i] then
            is[i] = 'ended'
        else
            is[i], seen[url] = 'new', true
            added[#added + 1] = url
            added[#added + 1] = packed[i]
            local priority = priority_of(packed[i])
            local place = priority == 'A' and asked or ready
            place[#place + 1] = at + offsets[priority]
            place[#place + 1] = cycle .. ' ' .. url
        end
    end
    if #added > 0 then
        local numbers = number_terms(cycle, shared)
        for i = 2, #added, 2 do added[i] = numbers[tonumber(terms_of(added[i]))] .. string.sub(added[i], -1) end
        redis.call('HSET', jobs(cycle), unpack(added))
        many('ZADD', READY, ready)
        many('ZADD', ASKED, asked)
        redis.call('ZREM', RECENT, cycle)
        if #ready > 0 then
            redis.call('ZADD', CYCLES, second(cycle), cycle)
        else
            redis.call('ZADD', CYCLES, 'NX', '-' .. second(cycle), cycle)
        end
    end
    return is
end

