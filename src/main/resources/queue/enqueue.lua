-- Stands before plan and redrive, after the prelude.

-- Keeps a terms' list {key, JSON, ...} from ARGV[first + 1] on, as long as ARGV[first] says. Gives where it ends.
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

-- Adds jobs that the cycle does not know: nowhere -> ready or asked. urls and packed are lists of the same length. Gives for
-- each what it is: 'new', 'live', or 'ended'.
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
            local letter = string.sub(packed[i], 9, 9)
            local place = letter == 'A' and asked or ready
            place[#place + 1] = at + offsets[letter]
            place[#place + 1] = cycle .. ' ' .. url
        end
    end
    if #added > 0 then
        redis.call('HSET', terms(cycle), unpack(shared))
        redis.call('HSET', jobs(cycle), unpack(added))
        many('ZADD', READY, ready)
        many('ZADD', ASKED, asked)
        redis.call('ZREM', RECENT, cycle)
        if #ready > 0 then
            redis.call('ZADD', CYCLES, cycle, cycle)
        else
            redis.call('ZADD', CYCLES, 'NX', '-' .. cycle, cycle)
        end
    end
    return is
end

