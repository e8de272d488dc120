-- The way out to the server. Lets the changes of one command reach it as one message: Neovim sends some commands piece
-- by piece, as `J`, which first writes the next line a second time, and takes the first one away up to 150 ms later.
-- Only together do they tell what has happened.
local wire = require('leery.wire')

local M = {}

local OPEN = 'textDocument/didOpen'
local CHANGE = 'textDocument/didChange'
-- Never leaves Neovim: any notification makes it send the changes that it still holds back.
local REST = 'leery/rest'

local function format_of(document)
  local buf = vim.uri_to_bufnr(document.uri)
  return vim.api.nvim_buf_is_loaded(buf) and vim.bo[buf].fileformat or 'unix'
end

--- Make the texts of a message such as can be sent.
local function clean(method, params)
  if method == OPEN then
    params.textDocument.text = wire.text(params.textDocument.text, format_of(params.textDocument))
  elseif method == CHANGE then
    for _, change in ipairs(params.contentChanges) do
      change.text = wire.text(change.text, format_of(params.textDocument))
    end
  end
end

--- A connection that keeps changes until the command is done, or anything else is to be sent.
---@param rpc table of `vim.lsp.rpc.start()`
function M.wrap(rpc)
  local kept ---@type table?
  local wrapped

  local function send()
    local params = kept
    kept = nil
    return params == nil or rpc.notify(CHANGE, params)
  end

  local function complete()
    for _, client in ipairs(vim.lsp.get_clients({ name = 'leery' })) do
      if client.rpc == wrapped then
        client:notify(REST)
      end
    end
    send()
  end

  local function keep(params)
    if kept and kept.textDocument.uri == params.textDocument.uri then
      vim.list_extend(kept.contentChanges, params.contentChanges)
      kept.textDocument.version = params.textDocument.version
      return true
    end
    send()
    kept = {
      textDocument = { uri = params.textDocument.uri, version = params.textDocument.version },
      contentChanges = vim.list_slice(params.contentChanges),
    }
    vim.schedule(complete)
    return not rpc.is_closing()
  end

  wrapped = setmetatable({
    notify = function(method, params)
      clean(method, params)
      if method == CHANGE then
        return keep(params)
      elseif method == REST then
        return true
      end
      send()
      return rpc.notify(method, params)
    end,
    request = function(...)
      send()
      return rpc.request(...)
    end,
  }, { __index = rpc })
  return wrapped
end

return M
