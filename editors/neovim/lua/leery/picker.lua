-- Choosing among blocks: a list to select from, the quickfix list, the block at the cursor, the next one.
local marks = require('leery.marks')

local M = {}

local function label(block, row)
  local findings = #block.findings
  return ('%d: %s · %s · %d finding%s'):format(
    row + 1,
    marks.phrase(block.origin),
    block.state,
    findings,
    findings == 1 and '' or 's'
  )
end

--- The blocks of a buffer in the order of their lines, each with `row` (from 0) and `label`.
function M.items(buf)
  local rows = marks.rows(buf)
  local items = {}
  for _, block in ipairs(require('leery.blocks').get(buf)) do
    local row = rows[block.id] or block.ranges[1].start.line
    items[#items + 1] = vim.tbl_extend('force', block, { row = row, label = label(block, row) })
  end
  table.sort(items, function(one, other)
    return one.row < other.row
  end)
  return items
end

local function go(row)
  vim.cmd.normal({ "m'", bang = true })
  vim.api.nvim_win_set_cursor(0, { math.min(row + 1, vim.api.nvim_buf_line_count(0)), 0 })
end

--- Select a block and go there.
function M.select()
  local items = M.items(vim.api.nvim_get_current_buf())
  if #items == 0 then
    require('leery.notify').info('this file holds no blocks')
    return
  end
  vim.ui.select(items, {
    prompt = 'Blocks',
    kind = 'leery',
    format_item = function(item)
      return item.label
    end,
  }, function(item)
    if item then
      go(item.row)
    end
  end)
end

--- Put the blocks of all loaded buffers into the quickfix list.
function M.quickfix()
  local list = {}
  for _, buf in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(buf) then
      for _, item in ipairs(M.items(buf)) do
        list[#list + 1] = { bufnr = buf, lnum = item.row + 1, col = 1, text = item.label:gsub('^%d+: ', '') }
      end
    end
  end
  vim.fn.setqflist({}, ' ', { title = 'Leery blocks', items = list })
  if #list > 0 then
    vim.cmd.copen()
  else
    require('leery.notify').info('no open file holds blocks')
  end
end

--- Have `done(item)` called with the only one of some items, or with the one that is chosen.
---@param items table[]
---@param text { none: string, prompt: string, item: fun(item: table): string } what is said, asked and shown
---@param done fun(item: table)
function M.one(items, text, done)
  if #items == 0 then
    require('leery.notify').info(text.none)
  elseif #items == 1 then
    done(items[1])
  else
    vim.ui.select(items, { prompt = text.prompt, format_item = text.item }, function(item)
      if item then
        done(item)
      end
    end)
  end
end

--- Have `done(block)` called with the block at the cursor's line, chosen if there are several.
function M.at_cursor(done)
  local row = vim.api.nvim_win_get_cursor(0)[1] - 1
  local text = {
    none = 'there is no block on this line',
    prompt = 'Which block?',
    item = function(block)
      return label(block, block.row)
    end,
  }
  M.one(marks.touching(vim.api.nvim_get_current_buf(), { row, 0 }, { row, math.huge }), text, done)
end

--- Go to the block that many steps onward or back, around the end of the file.
function M.jump(steps)
  local items = M.items(vim.api.nvim_get_current_buf())
  if #items == 0 then
    require('leery.notify').info('this file holds no blocks')
    return
  end
  local row = vim.api.nvim_win_get_cursor(0)[1] - 1
  local at = 0 -- how many begin before the cursor's line, or on it when going on
  for _, item in ipairs(items) do
    if item.row < row or (steps > 0 and item.row == row) then
      at = at + 1
    end
  end
  local index = steps > 0 and at + steps or at + steps + 1
  go(items[(index - 1) % #items + 1].row)
end

return M
