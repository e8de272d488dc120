-- Code lenses of Leery alone: those of other servers are asked for by whoever wants them.
local M = {}

--- Ask for the lenses of a buffer and show them.
function M.refresh(buf)
  local client = require('leery.client').of(buf)
  if not client or not require('leery.options').get('lenses') then
    return
  end
  local lens = vim.lsp.codelens
  if not lens.on_codelens then
    lens.enable(true, { bufnr = buf, client_id = client.id })
    return
  end
  local params = { textDocument = { uri = vim.uri_from_bufnr(buf) } }
  client:request('textDocument/codeLens', params, function(problem, result, context)
    if not problem and vim.api.nvim_buf_is_loaded(buf) then
      lens.on_codelens(nil, result, context)
    end
  end, buf)
end

return M
