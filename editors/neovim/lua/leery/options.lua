-- The client's own options, with their defaults. The server's settings are not here: they are set with
-- `vim.lsp.config('leery', { settings = { leery = { ... } } })`.
local M = {}

---@class leery.Options
local defaults = {
  --- How to start the server, as a list; nil: `leery serve`, found on the PATH.
  ---@type string[]?
  cmd = nil,
  --- Whether a workspace's own settings and rules are read: a boolean, or a function of its folder.
  ---@type boolean|fun(root: string): boolean
  trusted = false,
  --- Whether to tell the server where insertions come from.
  hints = true,
  --- A sign in front of each line of a block.
  signs = true,
  --- The origin at the right of a block's first line.
  virt_text = true,
  --- Code lenses over blocks.
  lenses = true,
  --- Further assistants: `{ pattern, kind, assistant }`, matched against the path of the Lua file that edits.
  ---@type table[]
  assistants = {},
}

local given = {}

--- Set options; those not named keep their value.
function M.set(options)
  for name in pairs(options) do
    if defaults[name] == nil and name ~= 'cmd' then
      require('leery.notify').warn(("there is no option '%s'; see :help leery-options"):format(name))
    end
  end
  given = vim.tbl_extend('force', given, options)
end

--- An option's value: from `setup()`, else from `vim.g.leery`, else the default.
function M.get(name)
  if given[name] ~= nil then
    return given[name]
  end
  local global = vim.g.leery
  if type(global) == 'table' and global[name] ~= nil then
    return global[name]
  end
  return defaults[name]
end

return M
