-- Insertions that have been seen and not yet been told: their places are moved along with every change until they are.
-- An extended mark would do the same as long as it lives; a change of whole lines (`:m`, a filter) kills it.
local servers = require('leery.client')
local wire = require('leery.wire')

local M = {}

---@class leery.Origin
---@field kind string
---@field evidence string
---@field assistant string?
---@field model string?
---@field source table? where a pasted text was copied, `{uri, ranges}` of the protocol, just before the paste

---@class leery.Range row and byte column of both ends, from 0, end-exclusive; `ends_text`: see `describe`
---@field [1] integer
---@field [2] integer
---@field [3] integer
---@field [4] integer

---@class leery.Insertion
---@field origin leery.Origin
---@field ranges leery.Range[] in document order

local waiting = {} ---@type table<integer, leery.Insertion[]>
local told = {} ---@type table<integer, integer> when a hint was sent last, in milliseconds
local scheduled = {} ---@type table<integer, boolean>
local held = 0 -- how many want that nothing is told for now
local held_since = 0
local sent, lost = 0, 0

-- Longest time in milliseconds that a stream of pastes is gathered: the server waits two seconds for a hint.
local PATIENCE = 1000
-- Above so many bytes no digest is sent; the place alone identifies the insertion.
local LARGEST_HASHED = 2 ^ 20

local function before(row, column, other_row, other_column)
  return row < other_row or (row == other_row and column < other_column)
end

--- Where a place is after a change; places within what was replaced go to its new end.
local function moved(row, column, change)
  if row == change.old_row then
    return change.new_row, column - change.old_column + change.new_column
  end
  return row + change.new_row - change.old_row, column
end

--- What is left of a range after a change.
local function pieces(range, change)
  local row, column = change.row, change.column
  local inserts = before(row, column, change.new_row, change.new_column)
  if not before(row, column, range[3], range[4]) then
    return { range } -- the change is behind
  end
  if not before(range[1], range[2], change.old_row, change.old_column) then
    local first, from = moved(range[1], range[2], change)
    local last, to = moved(range[3], range[4], change)
    return { { first, from, last, to, ends_text = range.ends_text } } -- the change is in front
  end
  local left = before(range[1], range[2], row, column) and { range[1], range[2], row, column }
  local right
  if before(change.old_row, change.old_column, range[3], range[4]) then
    local last, to = moved(range[3], range[4], change)
    right = { change.new_row, change.new_column, last, to }
  end
  if left and right and not inserts then
    return { { left[1], left[2], right[3], right[4] } }
  end
  return vim.tbl_filter(function(piece)
    return piece
  end, { left or nil, right or nil })
end

--- Move every waiting place of a buffer along with a change; before the change's own insertion is added.
---@param change table<string, integer> `row`, `column`, `old_row`, `old_column`, `new_row`, `new_column`
function M.shift(buf, change)
  for _, insertion in ipairs(waiting[buf] or {}) do
    local ranges = {}
    for _, range in ipairs(insertion.ranges) do
      for _, piece in pairs(pieces(range, change)) do
        ranges[#ranges + 1] = piece
      end
    end
    insertion.ranges = ranges
  end
end

--- Put a range into its order, joined with those it touches.
local function insert(ranges, range)
  ranges[#ranges + 1] = range
  table.sort(ranges, function(one, other)
    return before(one[1], one[2], other[1], other[2])
  end)
  local joined = {}
  for _, next in ipairs(ranges) do
    local last = joined[#joined]
    if last and last[3] == next[1] and last[4] == next[2] then
      last[3], last[4], last.ends_text = next[3], next[4], last.ends_text or next.ends_text
    else
      joined[#joined + 1] = next
    end
  end
  return joined
end

--- Remember an insertion that has just been made. Those with the very same origin (the table) are one.
---@param buf integer
---@param origin leery.Origin
---@param range leery.Range
function M.add(buf, origin, range)
  local list = waiting[buf] or {}
  waiting[buf] = list
  local last = list[#list]
  if not last or last.origin ~= origin then
    last = { origin = origin, ranges = {} }
    list[#list + 1] = last
  end
  last.ranges = insert(last.ranges, range)
  if not scheduled[buf] then
    scheduled[buf] = true
    vim.schedule(function()
      scheduled[buf] = nil
      M.flush(buf)
    end)
  end
end

--- Keep what is seen from now on until `release`: more of it is coming.
function M.hold()
  held = held + 1
  held_since = vim.uv.now()
end

--- Tell what has been kept, once the screen shows it: Neovim then compares the whole text with what it sent last.
function M.release()
  held = math.max(held - 1, 0)
  vim.schedule(M.flush_all)
end

local ENDINGS = { unix = '\n', dos = '\r\n', mac = '\r' }

--- The text of a range, and the range as the server counts it.
local function describe(buf, range)
  local lines = vim.api.nvim_buf_line_count(buf)
  local first, from, last, to = range[1], range[2], range[3], range[4]
  local ending = ENDINGS[vim.bo[buf].fileformat] or '\n'
  if last < lines then
    local text = vim.api.nvim_buf_get_text(buf, first, from, last, to, {})
    return table.concat(text, ending), { first, from, last, to }
  end
  -- Whole lines at the end. To a text without a last line ending Neovim sends them with the ending in front and behind.
  local text = vim.api.nvim_buf_get_lines(buf, first, -1, false)
  text[1] = text[1] and text[1]:sub(from + 1) or ''
  local joined = table.concat(text, ending)
  if first > 0 and from == 0 and range.ends_text then
    local above = vim.api.nvim_buf_get_lines(buf, first - 1, first, false)[1]
    return ending .. joined .. ending, { first - 1, #above, lines, 0 }
  end
  return joined .. ending, { first, from, lines, 0 }
end

local function tell(buf, client, insertion)
  local texts, ranges, size = {}, {}, 0
  for _, range in ipairs(insertion.ranges) do
    local text, place = describe(buf, range)
    texts[#texts + 1] = wire.text(text, vim.bo[buf].fileformat)
    size = size + #text
    ranges[#ranges + 1] = servers.to_range(buf, client, place)
  end
  local origin = insertion.origin
  local whole = size <= LARGEST_HASHED and table.concat(texts)
  return client:notify('leery/insertion', {
    textDocument = { uri = vim.uri_from_bufnr(buf), version = vim.lsp.util.buf_versions[buf] },
    ranges = ranges,
    kind = origin.kind,
    evidence = origin.evidence,
    assistant = origin.assistant,
    model = origin.model,
    source = origin.source,
    textHash = whole and not whole:find('%z') and vim.fn.sha256(whole) or nil, -- sha256() ends at a NUL
  })
end

local function drop(count)
  lost = lost + count
  require('leery.notify').once(
    'some insertions came while no server was ready; where they are from is not recorded, only that there is a gap'
  )
end

--- Tell the server what has been seen in a buffer. Client:notify sends the changes themselves first.
function M.flush(buf)
  if held > 0 and vim.uv.now() - held_since < PATIENCE then
    return
  end
  held_since = vim.uv.now()
  local list = waiting[buf]
  if not list then
    return
  end
  waiting[buf] = nil
  if not vim.api.nvim_buf_is_loaded(buf) then
    return
  end
  local client = servers.of(buf)
  for _, insertion in ipairs(list) do
    if #insertion.ranges > 0 then
      if client and tell(buf, client, insertion) then
        sent = sent + 1
        told[buf] = vim.uv.now()
      else
        drop(1)
      end
    end
  end
end

--- Tell what has been seen anywhere.
function M.flush_all()
  for buf in pairs(waiting) do
    M.flush(buf)
  end
end

--- Whether blocks of a buffer may just be coming or changing: something waits, or was told a moment ago.
function M.is_recent(buf)
  return waiting[buf] ~= nil or (told[buf] ~= nil and vim.uv.now() - told[buf] < PATIENCE)
end

--- Whether anything waits.
function M.any()
  return next(waiting) ~= nil
end

--- Forget what waits for a buffer, whose text is another now.
function M.forget(buf)
  waiting[buf] = nil
end

--- How many hints were sent, and how many could not be.
---@return integer, integer
function M.counts()
  return sent, lost
end

return M
