-- The server's health and counts, as it last told them.
local M = {}

local by_client = {} ---@type table<integer, table>

--- Take a status; redraws status lines and fires `User LeeryStatus`.
function M.set(client, params)
  by_client[client] = params
  vim.api.nvim_exec_autocmds('User', { pattern = 'LeeryStatus', modeline = false, data = params })
  vim.cmd.redrawstatus({ bang = true })
end

--- Forget servers that are gone.
function M.forget()
  for id in pairs(by_client) do
    local client = vim.lsp.get_client_by_id(id)
    if not client or client:is_stopped() then
      by_client[id] = nil
    end
  end
end

--- The last status of a server; nil before the first.
function M.of(client)
  return by_client[client]
end

--- For a status line: unreviewed blocks, findings, and engines that do not work.
function M.text()
  local unreviewed, findings, ill, any = 0, 0, {}, false
  for _, status in pairs(by_client) do
    any = true
    unreviewed, findings = unreviewed + status.unreviewed, findings + status.findings
    for _, engine in ipairs(status.engines) do
      if engine.state ~= 'ready' and engine.state ~= 'starting' and engine.state ~= 'off' then
        ill[#ill + 1] = ('%s %s'):format(engine.name, engine.state)
      end
    end
  end
  if not any then
    return ''
  end
  local text = ('leery %d unreviewed, %d finding%s'):format(unreviewed, findings, findings == 1 and '' or 's')
  return #ill > 0 and ('%s (%s)'):format(text, table.concat(ill, ', ')) or text
end

return M
