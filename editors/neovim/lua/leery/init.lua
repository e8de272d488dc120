-- What other configurations may call. Nothing of it is needed: `vim.lsp.enable('leery')` does without.
local M = {}

--- Change options; see |leery-options|. May be called at any time, or never.
---@param options table?
function M.setup(options)
  require('leery.options').set(options or {})
end

--- A short text for a status line: '' while no server runs.
---@return string
function M.statusline()
  return require('leery.status').text()
end

--- The blocks of a buffer as the server last told them: `{id, ranges, origin, state, survived, findings}`.
---@param buf integer? 0 or nil: the current one
---@return table[]
function M.blocks(buf)
  return require('leery.blocks').get(vim._resolve_bufnr and vim._resolve_bufnr(buf) or buf or 0)
end

return M
