-- `:Leery` and its subcommands.
local M = {}

local function argument()
  return { uri = vim.uri_from_bufnr(0) }
end

--- The finding at the cursor's line, chosen if there are several.
local function finding(done)
  local row = vim.api.nvim_win_get_cursor(0)[1] - 1
  local found = {}
  for _, diagnostic in ipairs(vim.diagnostic.get(0, { lnum = row })) do
    local data = vim.tbl_get(diagnostic, 'user_data', 'lsp', 'data')
    if diagnostic.source == 'leery' and type(data) == 'table' and data.fingerprint then
      found[#found + 1] = { message = diagnostic.message, fingerprint = data.fingerprint }
    end
  end
  local text = {
    none = 'there is no finding on this line',
    prompt = 'Which finding?',
    item = function(item)
      return item.message
    end,
  }
  require('leery.picker').one(found, text, done)
end

local KINDS = require('leery.actions').KINDS

---@type table<string, { run: fun(words: string[], bang: boolean), words: string[]? }>
local commands = {
  blocks = {
    run = function(words, bang)
      if bang or words[1] == 'quickfix' then
        require('leery.picker').quickfix()
      else
        require('leery.picker').select()
      end
    end,
    words = { 'quickfix' },
  },
  review = {
    run = function(words)
      local decision = words[1] == 'rejected' and 'rejected' or 'approved'
      if words[1] == 'rejected' or words[1] == 'approved' then
        table.remove(words, 1)
      end
      require('leery.picker').at_cursor(function(block)
        local note = #words > 0 and table.concat(words, ' ') or nil
        local whole = vim.tbl_extend('force', argument(), { block = block.id, decision = decision, note = note })
        require('leery.actions').review(whole)
      end)
    end,
    words = { 'approved', 'rejected' },
  },
  suppress = {
    run = function(words)
      finding(function(item)
        local reason = #words > 0 and table.concat(words, ' ') or nil
        local whole = vim.tbl_extend('force', argument(), { fingerprint = item.fingerprint, reason = reason })
        require('leery.actions').suppress(whole)
      end)
    end,
  },
  origin = {
    run = function(words)
      if words[1] and not vim.list_contains(KINDS, words[1]) then
        require('leery.notify').warn(("'%s' is no kind of origin: %s"):format(words[1], table.concat(KINDS, ', ')))
        return
      end
      require('leery.picker').at_cursor(function(block)
        local origin = words[1] and { kind = words[1], assistant = words[2] } or nil
        local whole = vim.tbl_extend('force', argument(), { block = block.id, origin = origin })
        require('leery.actions').origin(whole)
      end)
    end,
    words = KINDS,
  },
  report = {
    run = function()
      require('leery.log').report(vim.api.nvim_get_current_buf())
    end,
  },
  log = {
    run = function()
      require('leery.log').show(vim.api.nvim_get_current_buf())
    end,
  },
  restart = {
    run = function()
      require('leery.server').restart()
    end,
  },
}

--- Carry out `:Leery …`.
---@param arguments { fargs: string[], bang: boolean }
function M.run(arguments)
  local words = vim.list_slice(arguments.fargs)
  local name = table.remove(words, 1) or 'blocks'
  local command = commands[name]
  if not command then
    local names = vim.fn.sort(vim.tbl_keys(commands))
    require('leery.notify').warn(("there is no ':Leery %s', only: %s"):format(name, table.concat(names, ', ')))
    return
  end
  command.run(words, arguments.bang)
end

--- Completions of `:Leery`'s arguments.
function M.complete(lead, line)
  local words = vim.split(line, '%s+')
  local choices = {}
  if #words <= 2 then
    choices = vim.fn.sort(vim.tbl_keys(commands))
  elseif #words == 3 and commands[words[2]] then
    choices = commands[words[2]].words or {}
  end
  return vim.tbl_filter(function(choice)
    return vim.startswith(choice, lead)
  end, choices)
end

return M
