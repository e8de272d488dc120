-- Finds, starts and restarts the server. Never looks for it inside a workspace: nothing of a workspace is executed.
local notify = require('leery.notify')
local options = require('leery.options')

local M = {}

--- The oldest server this client can talk to.
M.MINIMUM = '0.1.0'
--- After so many crashes within `WINDOW` milliseconds the server is left alone.
M.CRASHES = 5
M.WINDOW = 300 * 1000

local crashes = {} ---@type integer[] times in milliseconds
local late = {} ---@type table<integer, table[]> folders that came while a server started
local stopped = false -- whether restarting was given up

local INSTALL = "install it with: pip install 'leery[semgrep]' (or set the option cmd, see :help leery-options)"

--- The command that starts the server, or nil and what is missing.
---@return string[]?, string?
function M.command()
  local cmd = options.get('cmd')
  if cmd ~= nil and (type(cmd) ~= 'table' or type(cmd[1]) ~= 'string') then
    return nil, "the option cmd is a list, such as { 'leery', 'serve' }"
  end
  cmd = cmd and vim.list_slice(cmd) or { 'leery', 'serve' }
  local found = vim.fn.exepath(cmd[1])
  if found == '' then
    return nil, ("'%s' was not found; %s"):format(cmd[1], INSTALL)
  end
  -- Windows looks into the current folder first, which may be a workspace.
  local here = vim.fs.normalize(vim.fn.getcwd())
  if vim.fn.has('win32') == 1 and vim.fs.dirname(vim.fs.normalize(found)) == here and not options.get('cmd') then
    return nil, ("'%s' lies in the current folder and is not started from there; %s"):format(found, INSTALL)
  end
  cmd[1] = found
  return cmd
end

--- Start the process; `cmd` of the configuration.
function M.spawn(dispatchers)
  local cmd, problem = M.command()
  if not cmd then
    error(problem, 0)
  end
  return require('leery.gather').wrap(vim.lsp.rpc.start(cmd, dispatchers))
end

--- Whether a buffer holds a file of its own that the server could know.
function M.is_file(buf)
  local name = vim.api.nvim_buf_get_name(buf)
  return vim.bo[buf].buftype == '' and name ~= '' and not name:match('^%a[%w+.-]+://')
end

--- The folder of a buffer's workspace.
function M.root(buf)
  local name = vim.fs.normalize(vim.api.nvim_buf_get_name(buf))
  return vim.fs.root(name, '.git') or vim.fs.root(name, 'leery.toml') or vim.fs.dirname(name)
end

--- `root_dir` of the configuration: decides whether a buffer is served at all.
function M.root_dir(buf, on_dir)
  if not M.is_file(buf) or stopped then
    return
  end
  local cmd, problem = M.command()
  if not cmd then
    notify.once(problem, vim.log.levels.ERROR)
    return
  end
  if options.get('hints') then
    require('leery.hints').watch(buf) -- from now on, so that what comes before the server is ready is counted
  end
  on_dir(M.root(buf))
end

local function is_trusted(root)
  local trusted = options.get('trusted')
  if type(trusted) == 'function' then
    trusted = trusted(root)
  end
  return trusted == true
end

--- One server for all folders of the same trust.
function M.reuse(client, config)
  if client.name ~= config.name or client:is_stopped() then
    return false
  end
  if is_trusted(client.config.root_dir) ~= is_trusted(config.root_dir) then
    return false
  end
  M.add_folder(client, config.root_dir)
  return true
end

--- Tell a server of another folder than those it was started with, as soon as it listens.
function M.add_folder(client, root)
  local folder = { uri = vim.uri_from_fname(root), name = root }
  for _, known in ipairs(client.workspace_folders or {}) do
    if known.uri == folder.uri then
      return
    end
  end
  client.workspace_folders = vim.list_extend(client.workspace_folders or {}, { folder })
  if client.initialized then
    client:notify('workspace/didChangeWorkspaceFolders', { event = { added = { folder }, removed = {} } })
  else
    late[client.id] = vim.list_extend(late[client.id] or {}, { folder })
  end
end

--- Say in `initialize` whether the workspace is trusted; silence means that it is not.
function M.before_init(params, config)
  params.initializationOptions = vim.tbl_extend('force', params.initializationOptions or {}, {
    trusted = is_trusted(config.root_dir),
  })
end

--- Refuse a server that is too old, or is none of ours.
function M.on_init(client)
  local info = client.server_info or {}
  local version = info.name == 'leery' and vim.version.parse(info.version or '', { strict = false })
  if version and vim.version.ge(version, M.MINIMUM) then
    if late[client.id] then
      client:notify('workspace/didChangeWorkspaceFolders', { event = { added = late[client.id], removed = {} } })
      late[client.id] = nil
    end
    return
  end
  local what = info.name == 'leery' and ('leery %s'):format(info.version or 'of an unknown version')
    or ("'%s', which is not Leery"):format(info.name or 'a server without a name')
  notify.error(('%s or newer is needed, and %s answered; %s'):format(M.MINIMUM, what, INSTALL))
  stopped = true
  client:stop(true)
end

--- Attach buffers that are shown to be served, as `vim.lsp.enable()` does when they are opened.
function M.start()
  for _, buf in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(buf) and M.is_file(buf) then
      local config = vim.deepcopy(vim.lsp.config.leery)
      local wanted = not config.filetypes or vim.tbl_contains(config.filetypes, vim.bo[buf].filetype)
      if wanted and type(config.root_dir) == 'function' then
        config.root_dir(buf, function(root)
          config.root_dir = root
          vim.lsp.start(config, { bufnr = buf, reuse_client = config.reuse_client, silent = true })
        end)
      elseif wanted then
        vim.lsp.start(config, { bufnr = buf, reuse_client = config.reuse_client, silent = true })
      end
    end
  end
end

--- A server has ended: start it again, unless it was told to end or keeps crashing.
function M.on_exit(code, signal)
  vim.schedule(function()
    require('leery.status').forget()
    if stopped or vim.v.exiting ~= vim.NIL or (code == 0 and signal == 0) then
      return
    end
    local now = vim.uv.now()
    crashes = vim.tbl_filter(function(time)
      return now - time < M.WINDOW
    end, crashes)
    table.insert(crashes, now)
    if #crashes >= M.CRASHES then
      stopped = true
      notify.error(
        ('the server crashed %d times and is not started again; :Leery restart tries anew, :LspLog tells more'):format(
          #crashes
        )
      )
      return
    end
    notify.warn(('the server ended with status %d and is started again'):format(signal ~= 0 and signal or code))
    vim.defer_fn(function()
      if not stopped then
        M.start()
      end
    end, 100 * 2 ^ (#crashes - 1))
  end)
end

--- End every server and start anew, also after it was given up.
function M.restart()
  stopped, crashes = false, {}
  notify.forget()
  local clients = vim.lsp.get_clients({ name = 'leery' })
  for _, client in ipairs(clients) do
    client:stop()
  end
  local function gone()
    return #vim.lsp.get_clients({ name = 'leery' }) == 0
  end
  local tries = 0
  local function again()
    tries = tries + 1
    if gone() or tries > 50 then
      for _, client in ipairs(vim.lsp.get_clients({ name = 'leery' })) do
        client:stop(true)
      end
      M.start()
    else
      vim.defer_fn(again, 100)
    end
  end
  again()
end

--- How often it crashed lately, and whether it was given up.
---@return integer, boolean
function M.health()
  return #crashes, stopped
end

return M
