-- The provenance log: what it holds of a block or a file in a buffer of its own, all of it as a report.
local client = require('leery.client')
local notify = require('leery.notify')

local M = {}

--- Show lines in a window of their own that `q` closes.
local function scratch(name, filetype, lines)
  vim.cmd('botright new')
  local buf = vim.api.nvim_get_current_buf()
  vim.bo[buf].buftype, vim.bo[buf].bufhidden, vim.bo[buf].swapfile = 'nofile', 'wipe', false
  vim.api.nvim_buf_set_lines(buf, 0, -1, false, lines)
  vim.bo[buf].modifiable, vim.bo[buf].filetype = false, filetype
  pcall(vim.api.nvim_buf_set_name, buf, name)
  vim.keymap.set('n', 'q', '<Cmd>close<CR>', { buffer = buf, nowait = true, desc = 'Close' })
end

local HEAD = { index = true, id = true, time = true, type = true }

local function plain(value)
  if type(value) == 'table' then
    return vim.json.encode(value)
  end
  return (tostring(value):gsub('%s+', ' '))
end

--- One entry as lines: when and what, then its members in order.
local function entry(record)
  local lines = { ('%s  %s'):format(record.time or '', record.type or '') }
  for _, name in ipairs(vim.fn.sort(vim.tbl_keys(record))) do
    if not HEAD[name] and record[name] ~= vim.NIL then
      lines[#lines + 1] = ('    %s: %s'):format(name, plain(record[name]))
    end
  end
  return lines
end

--- Show the entries on a block or a document, oldest first.
---@param buf integer
---@param argument { uri: string?, block: string? }?
function M.show(buf, argument)
  local params = vim.tbl_extend('force', { uri = vim.uri_from_bufnr(buf) }, argument or {})
  client.execute(buf, 'leery.showProvenance', params, function(records)
    local lines = {}
    for _, record in ipairs(records or {}) do
      vim.list_extend(lines, entry(record))
    end
    if #lines == 0 then
      lines = { 'The log holds nothing on this file yet.' }
    end
    scratch('leery://log', 'leerylog', lines)
  end)
end

--- Write the report of the workspace's log beside Neovim's own state, and open it in the browser.
function M.report(buf)
  local folder = vim.fn.stdpath('state')
  vim.fn.mkdir(folder, 'p')
  local path = vim.fs.joinpath(folder, 'leery-report.html')
  client.execute(buf, 'leery.exportLog', { uri = vim.uri_from_bufnr(buf), path = path }, function()
    vim.ui.open(path)
    notify.info('the report is in ' .. path)
  end)
end

return M
