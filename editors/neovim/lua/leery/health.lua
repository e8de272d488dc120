-- `:checkhealth leery`
local M = {}

local function check_server()
  local server = require('leery.server')
  local cmd, problem = server.command()
  if not cmd then
    vim.health.error(problem)
    return
  end
  vim.health.ok('server: ' .. table.concat(cmd, ' '))
  local good, result = pcall(function()
    return vim.system({ cmd[1], '--version' }, { text = true }):wait(10000)
  end)
  local version = good and result.code == 0 and (result.stdout or ''):match('(%d+%.%d+%.%d+)')
  if version and vim.version.ge(version, server.MINIMUM) then
    vim.health.ok('version ' .. version)
  elseif version then
    vim.health.error(('version %s is too old; %s is needed'):format(version, server.MINIMUM))
  else
    vim.health.warn('it does not tell its version')
  end
  local crashes, stopped = server.health()
  if stopped then
    vim.health.error('the server was given up', { ':Leery restart' })
  elseif crashes > 0 then
    vim.health.warn(('the server crashed %d times lately'):format(crashes))
  end
end

local function check_clients()
  local clients = vim.lsp.get_clients({ name = 'leery' })
  if #clients == 0 then
    vim.health.warn('no server runs', { "vim.lsp.enable('leery') in your configuration, then open a file" })
  end
  for _, client in ipairs(clients) do
    local version = client.server_info and client.server_info.version or 'unknown'
    vim.health.ok(('client %d runs, server version %s'):format(client.id, version))
    local status = require('leery.status').of(client.id)
    for _, engine in ipairs(status and status.engines or {}) do
      local line = ('%s: %s %s'):format(engine.name, engine.state, engine.message)
      if engine.state == 'ready' then
        vim.health.ok(line)
      else
        vim.health.info(line)
      end
    end
  end
end

local function check_hints()
  if not require('leery.options').get('hints') then
    vim.health.warn('hints are switched off: large insertions are of unknown origin')
    return
  end
  local sent, lost = require('leery.hints').counts()
  vim.health.ok(('%d hints sent'):format(sent))
  if lost > 0 then
    vim.health.warn(('%d insertions came while no server was ready'):format(lost))
  end
end

function M.check()
  vim.health.start('Neovim')
  if vim.fn.has('nvim-0.11') == 1 then
    vim.health.ok(tostring(vim.version()))
  else
    vim.health.error('Neovim 0.11 or newer is needed')
  end
  vim.health.start('Server')
  check_server()
  check_clients()
  vim.health.start('Hints')
  check_hints()
end

return M
