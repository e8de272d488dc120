-- Keys that put text in: `p` and its kin, `<C-r>` in Insert mode, and the keys that completion plugins feed. Keys are
-- seen before they act; what a key announces ends at the next one, or when Neovim waits again.
local pending = require('leery.hints.pending')
local yank = require('leery.hints.yank')

local M = {}

local function keycode(name)
  return vim.api.nvim_replace_termcodes(name, true, true, true)
end

local CR, CTRL_R, CTRL_O, CTRL_P, CTRL_V = keycode('<CR>'), keycode('<C-r>'), keycode('<C-o>'), keycode('<C-p>'), '\22'
local ESC, NL = '\27', '\n'

-- Normal mode's commands whose next key is an argument.
local TAKES_ARGUMENT = {}
for key in ('fFtTrmq@`\'"Z'):gmatch('.') do
  TAKES_ARGUMENT[key] = true
end

-- Functions whose result a plugin's own key puts in, by the part in front of `#`.
local FUNCTIONS = { copilot = 'copilot', codeium = 'codeium', windsurf = 'codeium' }

local put ---@type leery.Origin? of what the key now being carried out puts in
local argument = false -- whether the next key is an argument
local register ---@type 'key'|'expression'|nil what `<C-r>` waits for
local expression = '' -- what was fed to `<C-r>=`
local expression_typed = false

-- Text that `<C-r>` feeds as if typed: its characters come by as keys, then all at once as a change.
---@type { origin: leery.Origin, text: string, at: integer }?
local stuffed
---@type { text: string, origin: leery.Origin? }[] characters that have come by and are in no change yet
local queue = {}

--- The origin of what is put in by the key that is being carried out. What is put in at once is not fed as keys.
---@return leery.Origin?
function M.scope()
  if put then
    stuffed, queue = nil, {}
  end
  return put
end

local function arm(origin)
  put = origin
end

--- The origin of a plugin's expression, such as `copilot#TextQueuedForInsertion()`.
local function expression_origin()
  local name = expression:match('^%s*([%w_]+)#')
  local assistant = not expression_typed and name and FUNCTIONS[name:lower()]
  return assistant and { kind = 'completion', evidence = 'observed', assistant = assistant } or nil
end

local function on_register(key, mode)
  if register == 'key' and (key == CTRL_R or key == CTRL_O or key == CTRL_P) then
    return
  end
  if register == 'key' and key == '=' then
    register, expression, expression_typed = 'expression', '', false
    return
  end
  register = nil
  if mode:find('^[iR]') and #key == 1 and key ~= ESC then
    local origin = yank.origin(key)
    arm(origin)
    if origin then
      stuffed, queue = { origin = origin, text = vim.fn.getreg(key), at = 1 }, {}
    end
  end
end

local function on_expression(key, typed, mode)
  if not mode:find('^c') or key == ESC then
    register = nil
  elseif key == CR or key == NL then
    register = nil
    arm(expression_origin())
  else
    expression = expression .. key
    expression_typed = expression_typed or typed ~= ''
  end
end

--- Note a character that will be inserted, and whether it is the next one that `<C-r>` feeds.
local function enqueue(key, fed)
  if stuffed and not fed then
    stuffed = nil
  elseif stuffed then
    if stuffed.text:sub(stuffed.at, stuffed.at + #key - 1) == key then
      stuffed.at = stuffed.at + #key
      queue[#queue + 1] = { text = key, origin = stuffed.origin }
      if stuffed.at > #stuffed.text then
        stuffed = nil
      end
      return
    end
    if key == CTRL_V then
      return -- quotes the next character
    end
    stuffed = nil
  end
  if #queue > 0 then
    queue[#queue + 1] = { text = key }
  end
end

local function on_insert(key, fed)
  if key == CTRL_R and not (stuffed and fed) then
    register, stuffed = 'key', nil
  elseif stuffed or #queue > 0 then
    enqueue(key, fed)
  end
end

local function on_normal(key, mode)
  if argument then
    argument = false
  elseif TAKES_ARGUMENT[key] then
    argument = not (key == 'q' and vim.fn.reg_recording() ~= '')
  elseif (key == 'p' or key == 'P') and not mode:find('^no') then
    arm(yank.origin(vim.v.register))
  end
end

local function on_key(key, typed)
  key, typed = key or '', typed or ''
  local fed = typed == ''
  put = nil
  if pending.any() and not (fed and stuffed) then
    pending.flush_all()
  end
  local mode = vim.api.nvim_get_mode().mode
  if register == 'expression' then
    on_expression(key, typed, mode)
  elseif register then
    on_register(key, mode)
  elseif mode:find('^[iR]') then
    argument = false
    on_insert(key, fed)
  elseif mode:find('^[nvVsS\22\19]') then
    stuffed, queue = nil, {}
    on_normal(key, mode)
  end
end

--- Share out inserted text among the characters that have come by: `{ text, origin? }` in order. Nil when they do not
--- make that text, so that nothing is known of it.
---@param text string
---@return { text: string, origin: leery.Origin? }[]?
function M.share(text)
  if #queue == 0 then
    return nil
  end
  local runs, at, used = {}, 1, 0
  for index, one in ipairs(queue) do
    if at > #text then
      break
    end
    local char = (one.text == CR or one.text == '\r') and NL or one.text
    if text:sub(at, at + #char - 1) ~= char then
      queue, stuffed = {}, nil
      return nil
    end
    local stop = at + #char
    if char == NL then
      stop = text:match('^[ \t]*()', stop) -- Enter brings the indentation
    end
    local last = runs[#runs]
    if last and last.origin == one.origin then
      last.text = last.text .. text:sub(at, stop - 1)
    else
      runs[#runs + 1] = { text = text:sub(at, stop - 1), origin = one.origin }
    end
    at, used = stop, index
  end
  queue = vim.list_slice(queue, used + 1)
  if at <= #text then
    queue, stuffed = {}, nil
    return nil
  end
  return runs
end

--- Neovim waits for a key: nothing that was announced is still to come.
local function rest()
  put = nil
  if not vim.api.nvim_get_mode().mode:find('^[iR]') then
    stuffed, queue = nil, {}
  end
  if pending.any() then
    pending.flush_all()
  end
end

function M.start(group)
  vim.on_key(function(key, typed)
    local good, problem = pcall(on_key, key, typed)
    if not good then
      put, stuffed, queue, register = nil, nil, {}, nil
      require('leery.notify').once('a key could not be followed: ' .. tostring(problem))
    end
  end, vim.api.nvim_create_namespace('leery.keys'))
  -- While somebody listens to this, Neovim inserts each character by itself, never typed ones together with fed ones.
  vim.api.nvim_create_autocmd('InsertCharPre', { group = group, callback = function() end })
  vim.api.nvim_create_autocmd('SafeState', { group = group, callback = rest })
  vim.api.nvim_create_autocmd('CmdlineLeave', {
    group = group,
    pattern = ':',
    callback = function()
      local name, from = vim.fn.getcmdline():match('^[^%a]*(pu%a*)!?%s*(%S?)')
      if name and vim.startswith('put', name) and not vim.v.event.abort then
        arm(yank.origin(from ~= '' and from or '"'))
      end
    end,
  })
end

return M
