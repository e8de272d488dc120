-- Ties the parts together when a server attaches to a buffer.
local options = require('leery.options')

local M = {}

local registered = false

--- Begin to listen for servers that attach; more than once is once.
function M.register()
  if registered then
    return
  end
  registered = true
  local group = vim.api.nvim_create_augroup('leery', {})
  vim.api.nvim_create_autocmd('LspAttach', {
    group = group,
    callback = function(event)
      local client = vim.lsp.get_client_by_id(event.data.client_id)
      if client and client.name == 'leery' then
        M.attached(event.buf)
      end
    end,
  })
  vim.api.nvim_create_autocmd('LspDetach', {
    group = group,
    callback = function(event)
      local client = vim.lsp.get_client_by_id(event.data.client_id)
      if client and client.name == 'leery' then
        require('leery.blocks').forget(event.buf)
      end
    end,
  })
  vim.api.nvim_create_autocmd('ColorScheme', {
    group = group,
    callback = function()
      require('leery.marks').highlights()
    end,
  })
  require('leery.marks').highlights()
  if options.get('hints') then
    require('leery.hints').start(group)
  end
end

--- A server serves a buffer from now on.
function M.attached(buf)
  if options.get('hints') then
    require('leery.hints').watch(buf)
  end
  require('leery.blocks').refresh(buf)
end

return M
