-- Stands before bury and reap, after the prelude.
local LETTERS_KEPT = 10000

-- The whole job as JSON, without need of its cycle; what cannot be put together stays as it is.
local function payload(cycle, url, packed, note)
    local shared = redis.call('HGET', terms(cycle), terms_of(packed))
    local priority = PRIORITIES[priority_of(packed)]
    if not shared or not priority then return packed end
    return string.sub(shared, 1, -2)
        .. ',"url":' .. cjson.encode(full(url))
        .. ',"cycle":' .. second(cycle)
        .. ',"priority":"' .. priority
        .. '","attempt":' .. note.attempt
        .. ',"wasUp":' .. (string.find(packed, '%u$') and 'true' or 'false')
        .. ',"confirmation":' .. note.confirmation
        .. ',"reserved":null}'
end

-- From leased to the dead letters; the oldest letters go when there are too many.
local function entomb(id, note, at, why)
    local cycle, url = parts(id)
    local packed = redis.call('HGET', jobs(cycle), url) or ''
    redis.call('ZADD', DEAD, at, id)
    redis.call('HSET', LETTERS, id,
        cmsgpack.pack(payload(cycle, url, packed, note), why, note.attempt, note.confirmation))
    finish({id}, {note.attempt .. ' ' .. note.confirmation}, dead, at)
    local surplus = redis.call('ZCARD', DEAD) - LETTERS_KEPT
    if surplus > 0 then
        local popped = redis.call('ZPOPMIN', DEAD, surplus)
        for i = 1, #popped, 2 do redis.call('HDEL', LETTERS, popped[i]) end
    end
end

