-- What was yanked or cut here: putting it back is no paste from outside. The server is told where a text was copied, as
-- long as it still stands there; it finds the owners of what was cut by itself.
local servers = require('leery.client')

local M = {}

-- Characters that are not white space from which on the server finds a copied text by itself (its own constant).
local FOUND = 10
-- Yanks that are remembered, and the longest text whose place is looked up.
local KEPT = 40
local LONGEST = 2 ^ 16

local space = vim.api.nvim_create_namespace('leery.yanks')

---@class leery.Yank
---@field text string
---@field buf integer
---@field mark integer? the extended mark on a copied text
---@field linewise boolean
---@field free boolean whether it met no block

local yanks = {} ---@type table<string, leery.Yank> by text
local order = {} ---@type leery.Yank[]

local function text_of(contents, kind)
  local text = table.concat(contents, '\n')
  return kind:sub(1, 1) == 'V' and text .. '\n' or text
end

--- The rows and bytes between the marks that yanking sets, end-exclusive.
local function yanked_place(buf)
  local start, stop = vim.fn.getpos("'["), vim.fn.getpos("']")
  local last = vim.api.nvim_buf_get_lines(buf, stop[2] - 1, stop[2], false)[1] or ''
  return start[2] - 1, start[3] - 1, stop[2] - 1, math.min(stop[3], #last)
end

local function remember()
  local event, buf = vim.v.event, vim.api.nvim_get_current_buf()
  local text = text_of(event.regcontents, event.regtype)
  local yank = { text = text, buf = buf, linewise = event.regtype == 'V', free = false }
  if #text <= LONGEST and require('leery.hints.watch').is_watched(buf) then
    local row, column, last_row, last_column = yanked_place(buf)
    yank.free = #require('leery.marks').touching(buf, { row, column }, { last_row, last_column }) == 0
    if event.operator == 'y' and event.regtype:byte() ~= 22 then
      local details = { end_row = last_row, end_col = last_column, end_right_gravity = false, strict = false }
      yank.mark = vim.api.nvim_buf_set_extmark(buf, space, row, column, details)
    end
  end
  yanks[text] = yank
  order[#order + 1] = yank
  if #order > KEPT then
    local oldest = table.remove(order, 1)
    if yanks[oldest.text] == oldest then
      yanks[oldest.text] = nil
    end
    if oldest.mark and vim.api.nvim_buf_is_valid(oldest.buf) then
      vim.api.nvim_buf_del_extmark(oldest.buf, space, oldest.mark)
    end
  end
end

--- Where a copied text stands now, for the protocol; nil when it does not any more, or no server knows of it.
---@return table?
local function source_of(yank)
  local client = yank.mark and vim.api.nvim_buf_is_loaded(yank.buf) and servers.of(yank.buf)
  if not client then
    return nil
  end
  local mark = vim.api.nvim_buf_get_extmark_by_id(yank.buf, space, yank.mark, { details = true })
  if not mark[1] then
    return nil
  end
  local range = { mark[1], mark[2], mark[3].end_row, mark[3].end_col }
  local lines = vim.api.nvim_buf_get_text(yank.buf, range[1], range[2], range[3], range[4], {})
  if text_of(lines, yank.linewise and 'V' or 'v') ~= yank.text then
    return nil
  end
  return { uri = vim.uri_from_bufnr(yank.buf), ranges = { servers.to_range(yank.buf, client, range) } }
end

--- The origin to tell when a register is put in; nil: none is told.
---@param register string
---@return leery.Origin?
function M.origin(register)
  if register:find('[.:/%%#=_]') then
    return nil -- not text from outside: the last insertion, a file's name, an expression
  end
  local info = vim.fn.getreginfo(register)
  local known = info.regcontents and yanks[text_of(info.regcontents, info.regtype or 'v')]
  local source = known and source_of(known)
  if known and known.free and not source and #known.text:gsub('%s', '') < FOUND then
    return nil -- typed here, and too short for the server to find out
  end
  return { kind = 'paste', evidence = 'observed', source = source }
end

function M.start(group)
  vim.api.nvim_create_autocmd('TextYankPost', { group = group, callback = remember })
end

return M
