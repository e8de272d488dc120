-- Which plugin makes an edit: read off the Lua files on the call stack, since no event tells.
local options = require('leery.options')

local M = {}

-- How far up the stack is looked.
local DEPTH = 30

-- What part of a path belongs to which assistant. Lua patterns; the first that matches counts.
local KNOWN = {
  { 'vim/lsp/inline_completion%.lua$', 'completion' },
  { '/copilot/suggestion', 'completion', 'copilot' },
  { '/copilot/panel', 'completion', 'copilot' },
  { '/copilot/nes', 'completion', 'copilot' },
  { '/sidekick/nes', 'completion', 'copilot' },
  { '/supermaven%-nvim/', 'completion', 'supermaven' },
  { '/codeium/', 'completion', 'codeium' },
  { '/neocodeium/', 'completion', 'codeium' },
  { '/minuet/', 'completion', 'minuet' },
  { '/tabnine/', 'completion', 'tabnine' },
  { '/codecompanion/.*inline', 'chat', 'codecompanion' },
  { '/codecompanion/', 'agent', 'codecompanion' },
  { '/avante/', 'agent', 'avante' },
  { '/CopilotChat/', 'chat', 'copilot-chat' },
  { '/gp%.nvim/', 'chat', 'gp' },
  { '/parrot%.nvim/', 'chat', 'parrot' },
  { '/claudecode/', 'agent', 'claude-code' },
  { '/opencode/', 'agent', 'opencode' },
  { '/mcphub/', 'agent', 'mcphub' },
  { '/nvim%-cmp/', 'completion' },
  { '/blink/cmp/', 'completion' },
  { 'vim/lsp/completion%.lua$', 'completion' },
}

local by_source = {} ---@type table<string, table|false>
local current ---@type leery.Origin?
local current_entry ---@type table?

-- What an assistant's own events have said: since when, and the model.
local reported = {} ---@type table<string, { time: integer, model: string? }>
local REPORT_HOLDS = 2000

local function look_up(source)
  local path = source:gsub('\\', '/')
  for _, entry in ipairs(vim.list_extend(vim.list_slice(options.get('assistants')), KNOWN)) do
    if path:find(entry[1] or entry.pattern) then
      return { kind = entry[2] or entry.kind, assistant = entry[3] or entry.assistant, inline = entry == KNOWN[1] }
    end
  end
  return false
end

--- The only server that offers inline completions in a buffer.
local function inline_server(buf)
  local found
  for _, client in ipairs(vim.lsp.get_clients({ bufnr = buf })) do
    if client.server_capabilities and client.server_capabilities.inlineCompletionProvider then
      if found then
        return nil
      end
      found = client.name
    end
  end
  return found
end

local function make(entry, buf)
  local assistant = entry.assistant
  if entry.inline then
    assistant = inline_server(buf)
  end
  local report = assistant and reported[assistant]
  local holds = report and vim.uv.now() - report.time < REPORT_HOLDS
  return {
    kind = entry.kind,
    evidence = holds and 'reported' or 'observed',
    assistant = assistant,
    model = holds and report.model or nil,
  }
end

--- The origin of an edit made right now, from the plugin that makes it; nil when no known one is on the stack.
---@param buf integer
---@return leery.Origin?
function M.caller(buf)
  local entry
  for level = 3, DEPTH do
    local frame = debug.getinfo(level, 'S')
    if not frame then
      break
    end
    local source = frame.source
    if frame.what ~= 'C' then
      local known = by_source[source]
      if known == nil then
        known = look_up(source)
        by_source[source] = known
      end
      entry = entry or known or nil
    end
  end
  if not entry then
    return nil
  end
  if entry ~= current_entry then
    current, current_entry = make(entry, buf), entry
    vim.schedule(M.done)
  end
  return current
end

--- Edits from now on are other insertions than those before.
function M.done()
  current, current_entry = nil, nil
end

local function note(assistant, model)
  reported[assistant] = { time = vim.uv.now(), model = type(model) == 'string' and model or nil }
end

--- Listen to what assistants say themselves.
function M.start(group)
  vim.api.nvim_create_autocmd('LspRequest', {
    group = group,
    callback = function(event)
      local request = event.data and event.data.request
      if request and request.method == 'notifyAccepted' then
        note('copilot')
      end
    end,
  })
  vim.api.nvim_create_autocmd('User', {
    group = group,
    pattern = 'CodeCompanion*',
    callback = function(event)
      local adapter = type(event.data) == 'table' and event.data.adapter
      if type(adapter) == 'table' then
        note('codecompanion', adapter.model)
      end
    end,
  })
end

return M
