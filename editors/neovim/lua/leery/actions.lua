-- What a person decides: review, suppress, set an origin. The same is reached from code actions, lenses and `:Leery`.
local client = require('leery.client')
local notify = require('leery.notify')

local M = {}

--- What a block's origin can be said to be.
M.KINDS = { 'typed', 'paste', 'completion', 'chat', 'agent', 'disk', 'vcs', 'unknown' }

local function buffer_of(argument, context)
  if argument.uri then
    return vim.uri_to_bufnr(argument.uri)
  end
  return context and context.bufnr or vim.api.nvim_get_current_buf()
end

--- Attest that a person looked at a block.
---@param argument { uri: string, block: string, decision: string?, note: string? }
function M.review(argument, context)
  argument.decision = argument.decision or 'approved'
  client.execute(buffer_of(argument, context), 'leery.review', argument, function()
    notify.info(('the block is marked as %s'):format(argument.decision))
  end)
end

--- Hide a finding; asks for the reason unless it comes along.
---@param argument { uri: string, fingerprint: string, reason: string?, expires: string? }
function M.suppress(argument, context)
  local buf = buffer_of(argument, context)
  local function send(reason, expires)
    local whole = vim.tbl_extend('force', argument, { reason = reason, expires = expires })
    client.execute(buf, 'leery.suppress', whole, function()
      notify.info('the finding is suppressed')
    end)
  end
  if argument.reason then
    send(argument.reason, argument.expires)
    return
  end
  vim.ui.input({ prompt = 'Why is this finding suppressed? ' }, function(reason)
    if not reason or vim.trim(reason) == '' then
      notify.info('a finding is suppressed only with a reason')
      return
    end
    vim.ui.input({ prompt = 'Until when (YYYY-MM-DD, empty for ever)? ' }, function(expires)
      if expires then
        send(reason, expires ~= '' and expires or nil)
      end
    end)
  end)
end

--- Correct where a block came from; asks unless the origin comes along.
---@param argument { uri: string, block: string, origin: table? }
function M.origin(argument, context)
  local buf = buffer_of(argument, context)
  local function send(kind, assistant)
    local origin = { kind = kind, evidence = 'reported', assistant = assistant }
    local whole = vim.tbl_extend('force', argument, { origin = origin })
    client.execute(buf, 'leery.setOrigin', whole, function()
      notify.info(('the block is recorded as %s'):format(require('leery.marks').phrase(origin)))
    end)
  end
  if argument.origin then
    send(argument.origin.kind, argument.origin.assistant)
    return
  end
  vim.ui.select(M.KINDS, { prompt = 'Where did this block come from?' }, function(kind)
    if kind == 'completion' or kind == 'chat' or kind == 'agent' then
      vim.ui.input({ prompt = 'Which assistant (empty if unknown)? ' }, function(name)
        if name then
          send(kind, name ~= '' and name or nil)
        end
      end)
    elseif kind then
      send(kind)
    end
  end)
end

--- Show the log's entries on a block or a document.
function M.provenance(argument, context)
  require('leery.log').show(buffer_of(argument, context), argument)
end

local function carry_out(action)
  return function(command, context)
    action(vim.deepcopy((command.arguments or {})[1] or {}), context)
  end
end

--- Commands that the server's code actions and lenses name, and that need something of the person first.
M.commands = {
  ['leery.review'] = carry_out(M.review),
  ['leery.suppress'] = carry_out(M.suppress),
  ['leery.setOrigin'] = carry_out(M.origin),
  ['leery.showProvenance'] = carry_out(M.provenance),
}

return M
