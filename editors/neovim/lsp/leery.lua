-- The configuration that `vim.lsp.enable('leery')` starts. Settings of your own go on top with
-- `vim.lsp.config('leery', { settings = { leery = { ... } } })`.
local server = require('leery.server')

require('leery.attach').register()

---@type vim.lsp.Config
return {
  cmd = server.spawn,
  root_dir = server.root_dir,
  reuse_client = server.reuse,
  before_init = server.before_init,
  on_init = server.on_init,
  on_exit = server.on_exit,
  init_options = { diagnostics = { mode = 'push' } },
  handlers = require('leery.handlers'),
  commands = require('leery.actions').commands,
}
