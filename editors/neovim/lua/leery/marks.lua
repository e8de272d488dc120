-- Signs and virtual text that show blocks by origin and review state. One extended mark for each range: Neovim moves it
-- along, and the next answer of the server replaces it.
local options = require('leery.options')

local M = {}

local space = vim.api.nvim_create_namespace('leery.blocks')

local GROUPS = {
  LeeryPaste = 'DiagnosticSignWarn',
  LeeryCompletion = 'DiagnosticSignInfo',
  LeeryChat = 'DiagnosticSignInfo',
  LeeryAgent = 'DiagnosticSignInfo',
  LeeryDisk = 'DiagnosticSignHint',
  LeeryUnknown = 'DiagnosticSignWarn',
  LeeryReviewed = 'Comment',
  LeeryOrigin = 'Comment',
}

local NAMES = {
  paste = 'LeeryPaste',
  completion = 'LeeryCompletion',
  chat = 'LeeryChat',
  agent = 'LeeryAgent',
  disk = 'LeeryDisk',
  unknown = 'LeeryUnknown',
}

local SIGN, SIGN_REVIEWED = '▎', '▏'
-- Below that of diagnostics, whose signs are more urgent.
local PRIORITY = 5

---@type table<integer, table<integer, table>> for each buffer the block of each mark
local marked = {}

--- Define the highlight groups, linked to those every colour scheme has.
function M.highlights()
  for name, link in pairs(GROUPS) do
    vim.api.nvim_set_hl(0, name, { link = link, default = true })
  end
end

--- What an origin is called: `completion by copilot`.
function M.phrase(origin)
  local who = origin.assistant and origin.assistant ~= vim.NIL and origin.assistant
  return who and ('%s by %s'):format(origin.kind, who) or origin.kind
end

local function place(buf, client, block, range, first)
  local row, column, last_row, last_column = require('leery.client').range(buf, client, range)
  local line = vim.api.nvim_buf_get_lines(buf, row, row + 1, false)[1] or ''
  if column == #line and last_row > row then -- only the line's ending is the block's
    row, column = row + 1, 0
  end
  local reviewed = block.state == 'reviewed'
  local group = reviewed and 'LeeryReviewed' or NAMES[block.origin.kind] or 'LeeryUnknown'
  local details = { end_row = last_row, end_col = last_column, right_gravity = true, end_right_gravity = false }
  if options.get('signs') then
    details.sign_text = reviewed and SIGN_REVIEWED or SIGN
    details.sign_hl_group, details.priority = group, PRIORITY
    if last_column == 0 and last_row > row then -- the line behind is not the block's
      details.end_row = last_row - 1
      details.end_col = #vim.api.nvim_buf_get_lines(buf, last_row - 1, last_row, false)[1]
    end
  end
  if first and options.get('virt_text') then
    details.virt_text = { { M.phrase(block.origin), 'LeeryOrigin' } }
    details.virt_text_pos = 'right_align'
    details.hl_mode = 'combine'
  end
  local mark = vim.api.nvim_buf_set_extmark(buf, space, row, column, details)
  marked[buf][mark] = block
end

--- Show blocks in place of those shown before.
function M.show(buf, blocks)
  local client = require('leery.client').of(buf)
  M.clear(buf)
  if not client then
    return
  end
  marked[buf] = {}
  for _, block in ipairs(blocks) do
    for index, range in ipairs(block.ranges) do
      -- A place can lie outside for the moment in which text goes away; the next answer has it right.
      pcall(place, buf, client, block, range, index == 1)
    end
  end
end

--- Show no blocks.
function M.clear(buf)
  marked[buf] = nil
  if vim.api.nvim_buf_is_loaded(buf) then
    vim.api.nvim_buf_clear_namespace(buf, space, 0, -1)
  end
end

--- The blocks that meet a range of rows and bytes: `{ id, origin, state, findings, row, inside }`, first come first.
---@param buf integer
---@param first integer[] row and column, from 0
---@param last integer[] end-exclusive; a column beyond the line's end is its end
function M.touching(buf, first, last)
  local found, seen = {}, {}
  local line = vim.api.nvim_buf_get_lines(buf, last[1], last[1] + 1, false)[1] or ''
  local stop = { last[1], math.min(last[2], #line) }
  local marks = vim.api.nvim_buf_get_extmarks(buf, space, first, stop, { details = true, overlap = true })
  for _, mark in ipairs(marks) do
    local block = (marked[buf] or {})[mark[1]]
    local details = mark[4]
    local starts = mark[2] < first[1] or (mark[2] == first[1] and mark[3] <= first[2])
    local ends = details.end_row > stop[1] or (details.end_row == stop[1] and details.end_col >= stop[2])
    if block and not seen[block.id] then
      seen[block.id] = true
      found[#found + 1] = vim.tbl_extend('force', block, { row = mark[2], inside = starts and ends })
    end
  end
  return found
end

--- The row at which each block now begins, by id.
function M.rows(buf)
  local rows = {}
  for _, mark in ipairs(vim.api.nvim_buf_get_extmarks(buf, space, 0, -1, {})) do
    local block = (marked[buf] or {})[mark[1]]
    if block and not rows[block.id] then
      rows[block.id] = mark[2]
    end
  end
  return rows
end

M.namespace = space

return M
