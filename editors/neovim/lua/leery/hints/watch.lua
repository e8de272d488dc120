-- Sees every change of a buffer, asks the others where it comes from, and hands what is known to `pending`.
local complete = require('leery.hints.complete')
local keys = require('leery.hints.keys')
local marks = require('leery.marks')
local paste = require('leery.hints.paste')
local pending = require('leery.hints.pending')
local plugins = require('leery.hints.plugins')
local trim = require('leery.hints.trim')

local M = {}

---@class leery.Watched
---@field lines string[] the text as of the last change of lines; in it stands what a change has replaced
---@field behind boolean whether bytes have changed since
---@field open boolean whether the text, as the server has it, has no last line ending

local watched = {} ---@type table<integer, leery.Watched>

--- The lines of a place of the buffer; also of one that ends behind the last line.
local function text_at(buf, row, column, last_row, last_column)
  local count = vim.api.nvim_buf_line_count(buf)
  if last_row < count then
    return vim.api.nvim_buf_get_text(buf, row, column, last_row, last_column, {})
  end
  local lines = vim.api.nvim_buf_get_lines(buf, row, count, false)
  lines[1] = lines[1] and lines[1]:sub(column + 1) or ''
  lines[#lines + 1] = ''
  return lines
end

--- What stood at a place before the change, as lines; nil when that is not known.
local function old_text(state, row, column, last_row, last_column)
  if state.behind then
    return nil
  end
  local lines = vim.list_slice(state.lines, row + 1, last_row + 1)
  if last_row == #state.lines then
    lines[#lines + 1] = ''
  end
  if #lines ~= last_row - row + 1 then
    return nil
  end
  lines[#lines] = lines[#lines]:sub(1, last_column)
  lines[1] = lines[1]:sub(column + 1)
  return lines
end

local function add_runs(buf, row, column, runs)
  for _, run in ipairs(runs) do
    local lines = vim.split(run.text, '\n', { plain = true })
    local last_row = row + #lines - 1
    local last_column = #lines == 1 and column + #run.text or #lines[#lines]
    if run.origin then
      pending.add(buf, run.origin, { row, column, last_row, last_column })
    end
    row, column = last_row, last_column
  end
end

--- Remember the part of a change that is new: what old and new text have in common was there before.
local function add_trimmed(buf, state, origin, change)
  local range = { change.row, change.column, change.new_row, change.new_column }
  if change.old_row ~= change.row or change.old_column ~= change.column then
    local old = old_text(state, change.row, change.column, change.old_row, change.old_column)
    if not old then
      return -- what was there before is not known, so what is new is not either
    end
    local new = text_at(buf, unpack(range))
    range = trim.range(old, new, change.row, change.column)
  end
  if range then
    range.ends_text = state.open
    pending.add(buf, origin, range)
  end
end

-- Typed text that nobody could tell from what follows.
local TYPED = { kind = 'typed', evidence = 'observed' }

--- Whether a typed character may be taken for an equal one behind it: changes reach the server as a difference of two
--- texts, which has the first of two equal characters unchanged and the second new. Between blocks that matters.
local function is_ambiguous(buf, change)
  local row, column = change.row, change.column
  local first = text_at(buf, row, column, change.new_row, change.new_column)
  local next = vim.api.nvim_buf_get_lines(buf, change.new_row, change.new_row + 1, false)[1]
  local byte = first[1] ~= '' and first[1]:byte() or 10
  local behind = next and (next:byte(change.new_column + 1) or 10)
  if byte ~= behind then
    return false
  end
  local last = { change.new_row, change.new_column + 1 }
  return pending.is_recent(buf) or #marks.touching(buf, { row, math.max(column - 1, 0) }, last) > 0
end

local function on_change(buf, state, change)
  pending.shift(buf, change)
  local inserts = change.new_row ~= change.row or change.new_column ~= change.column
  local mode = vim.api.nvim_get_mode().mode
  local inserting = mode:find('^[iR]') ~= nil
  if inserts then
    local origin = plugins.caller(buf) or paste.scope() or keys.scope()
    if origin then
      add_trimmed(buf, state, origin, change)
    elseif inserting then
      local runs =
        keys.share(table.concat(text_at(buf, change.row, change.column, change.new_row, change.new_column), '\n'))
      if runs then
        add_runs(buf, change.row, change.column, runs)
      elseif is_ambiguous(buf, change) then
        pending.add(buf, TYPED, { change.row, change.column, change.new_row, change.new_column })
      end
      complete.inserted(buf, change, mode)
    end
  elseif inserting then
    complete.deleted(buf, change, mode)
  end
end

--- Whether the change of lines has been seen already: undo and some others tell of lines first.
local function has_seen(buf, state, change)
  if #state.lines ~= vim.api.nvim_buf_line_count(buf) then
    return false
  end
  local now = vim.api.nvim_buf_get_lines(buf, change.row, change.new_row + 1, false)
  for index, line in ipairs(now) do
    if state.lines[change.row + index] ~= line then
      return false
    end
  end
  return true
end

local function on_bytes(_, buf, _, row, column, _, old_rows, old_columns, _, new_rows, new_columns)
  local state = watched[buf]
  if not state then
    return true
  end
  local change = {
    row = row,
    column = column,
    old_row = row + old_rows,
    old_column = old_rows == 0 and column + old_columns or old_columns,
    new_row = row + new_rows,
    new_column = new_rows == 0 and column + new_columns or new_columns,
  }
  local good, problem = pcall(on_change, buf, state, change)
  state.behind = state.behind or not has_seen(buf, state, change)
  if not good then
    pending.forget(buf)
    require('leery.notify').once('a change could not be followed: ' .. tostring(problem))
  end
end

local function on_lines(_, buf, _, first, last, new_last)
  local state = watched[buf]
  if not state then
    return true
  end
  local lines = state.lines
  if last ~= new_last and last >= #lines then
    state.open = false -- Neovim sends lines at the end with their endings, whatever the file has
  end
  local new = vim.api.nvim_buf_get_lines(buf, first, new_last, false)
  if last == new_last then
    for index = 1, #new do
      lines[first + index] = new[index]
    end
  else
    local size = #lines
    table.move(lines, last + 1, size, new_last + 1)
    for index = size + new_last - last + 1, size do
      lines[index] = nil
    end
    for index = 1, #new do
      lines[first + index] = new[index]
    end
  end
  state.behind = false
end

--- Whether a buffer's changes are seen.
function M.is_watched(buf)
  return watched[buf] ~= nil
end

local function fresh(buf)
  return { lines = vim.api.nvim_buf_get_lines(buf, 0, -1, false), behind = false, open = not vim.bo[buf].endofline }
end

--- A buffer's text is another: nothing seen before has a place in it.
function M.reloaded(buf)
  pending.forget(buf)
  if watched[buf] and vim.api.nvim_buf_is_loaded(buf) then
    watched[buf] = fresh(buf)
  end
end

--- See the changes of a buffer from now on; more than once is once.
function M.start(buf)
  if watched[buf] or not vim.api.nvim_buf_is_loaded(buf) then
    return
  end
  watched[buf] = fresh(buf)
  local attached = vim.api.nvim_buf_attach(buf, false, {
    on_bytes = on_bytes,
    on_lines = on_lines,
    on_reload = function(_, reloaded)
      M.reloaded(reloaded)
    end,
    on_detach = function(_, gone)
      watched[gone] = nil
      pending.forget(gone)
    end,
  })
  if not attached then
    watched[buf] = nil
  end
end

return M
