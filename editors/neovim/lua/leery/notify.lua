-- Messages to the person, each distinct one of `once` a single time, and never from within an edit.
local M = {}

local said = {}

local function say(message, level)
  vim.schedule(function()
    vim.notify('Leery: ' .. message, level, { title = 'Leery' })
  end)
end

function M.info(message)
  say(message, vim.log.levels.INFO)
end

function M.warn(message)
  say(message, vim.log.levels.WARN)
end

function M.error(message)
  say(message, vim.log.levels.ERROR)
end

--- Say something the first time only.
function M.once(message, level)
  if not said[message] then
    said[message] = true
    say(message, level or vim.log.levels.WARN)
  end
end

--- Let everything be said again, as when the person starts anew.
function M.forget()
  said = {}
end

return M
