-- Pastes from outside: a terminal's bracketed paste, or a graphical interface's, all of which come through `vim.paste`.
local pending = require('leery.hints.pending')

local M = {}

local scope ---@type leery.Origin?
local stream ---@type leery.Origin?
local wrapped

--- The paste that is being put in at this moment.
---@return leery.Origin?
function M.scope()
  return scope
end

local function paste(original, lines, phase)
  local starts, ends = phase < 2, phase == -1 or phase == 3
  if starts or not stream then
    if stream then
      pending.release() -- a stream that was broken off
    end
    stream = { kind = 'paste', evidence = 'observed' }
    pending.hold()
  end
  local outer = scope
  scope = stream
  local good, result = pcall(original, lines, phase)
  scope = outer
  if ends or not good or result == false then
    stream = nil
    pending.release()
  end
  if not good then
    error(result, 0)
  end
  return result
end

--- Wrap `vim.paste`; others may wrap it again.
function M.start()
  if wrapped then
    return
  end
  wrapped = vim.paste
  vim.paste = function(lines, phase)
    return paste(wrapped, lines, phase)
  end
end

return M
