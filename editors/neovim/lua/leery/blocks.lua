-- The blocks of each buffer, as the server last told them; asked for again when it says that they have changed.
local client_of = require('leery.client').of

local M = {}

-- Milliseconds after which it is asked again.
local DELAY = 50

local blocks = {} ---@type table<integer, table[]>
local asked = {} ---@type table<integer, boolean> whether an answer is on its way
local again = {} ---@type table<integer, boolean> whether to ask once more after it

local function show(buf)
  require('leery.marks').show(buf, blocks[buf] or {})
  require('leery.lenses').refresh(buf)
  vim.api.nvim_exec_autocmds('User', { pattern = 'LeeryBlocks', modeline = false, data = { buf = buf } })
end

--- Ask for the blocks of a buffer; one question at a time. An answer for a text that has changed since is not shown,
--- as its places would be off: the marks shown move along, and the question is asked again.
function M.refresh(buf)
  local client = vim.api.nvim_buf_is_loaded(buf) and client_of(buf)
  if not client then
    return
  end
  if asked[buf] then
    again[buf] = true
    return
  end
  asked[buf] = true
  local params = { textDocument = { uri = vim.uri_from_bufnr(buf) } }
  local tick = vim.api.nvim_buf_get_changedtick(buf) -- Client:request sends all changes up to it first
  local sent = client:request('leery/blocks', params, function(problem, result)
    asked[buf] = nil
    if not vim.api.nvim_buf_is_loaded(buf) or not client_of(buf) then
      return
    end
    local current = tick == vim.api.nvim_buf_get_changedtick(buf)
    if not problem and result and current then
      blocks[buf] = result
      show(buf)
    end
    if again[buf] or not current then
      again[buf] = nil
      vim.defer_fn(function()
        M.refresh(buf)
      end, DELAY)
    end
  end, buf)
  if not sent then
    asked[buf] = nil
  end
end

--- The server says that the blocks of a document are others.
function M.changed(uri)
  local buf = vim.uri_to_bufnr(uri)
  if vim.api.nvim_buf_is_loaded(buf) then
    M.refresh(buf)
  end
end

--- The blocks last told.
function M.get(buf)
  if buf == 0 then
    buf = vim.api.nvim_get_current_buf()
  end
  return blocks[buf] or {}
end

--- A buffer is not served any more.
function M.forget(buf)
  blocks[buf], asked[buf], again[buf] = nil, nil, nil
  require('leery.marks').clear(buf)
end

return M
