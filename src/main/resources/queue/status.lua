-- Reads where one job is.
--
-- KEYS  all but fence (7) and cycles (8)
-- ARGV  id
-- Gives {where, owner, since, until, attempt, why} with times in ms as text, or {} if it is unknown. For a job that was
-- planned and never claimed, since is its virtual deadline and a seventh element is its payload, which tells the offset.
local id = ARGV[1]
local cycle, url = parts(id)

local function answer(where, note, to)
    return {where, note.owner or '', number(note.since), number(to), note.attempt, note.why or ''}
end

local ends = redis.call('ZSCORE', LEASED, id)
if ends then return answer('RUNNING', read_note(id), ends) end

local due = redis.call('ZSCORE', DELAYED, id)
if due then
    local note = read_note(id)
    return answer(note.kind == 'retry' and 'RETRYING' or 'DELAYED', note, due)
end

local deadline = redis.call('ZSCORE', READY, id)
if deadline then
    local note = read_note(id)
    if note then return answer('QUEUED', note, note.since) end
    local planned = answer('QUEUED', {since = deadline, attempt = 1}, deadline)
    planned[7] = redis.call('HGET', jobs(cycle), url)
    return planned
end

local buried = redis.call('ZSCORE', DEAD, id)
if buried then
    local letter = cjson.decode(redis.call('HGET', LETTERS, id))
    return answer('DEAD', {since = buried, attempt = letter[3], why = letter[2]}, buried)
end

local was = redis.call('HGET', done(cycle), url)
if was then
    local at, attempt = parts(was)
    return answer('DONE', {since = at, attempt = tonumber(attempt)}, at)
end
return {}
