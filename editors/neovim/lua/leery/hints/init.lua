-- Hints: what Neovim knows about an insertion, told to the server as `leery/insertion`. Only what was seen is told;
-- where nothing was seen, nothing is said, and the server judges the text by its size.
--
--   keys, paste, plugins, complete   see an insertion come and name its origin
--   watch                            sees the change itself, and asks them
--   pending                          keeps its place until it can be told
local M = {}

--- Begin to look at keys, pastes, yanks and completions; once.
---@param group integer the autocommands' group
function M.start(group)
  require('leery.hints.keys').start(group)
  require('leery.hints.paste').start()
  require('leery.hints.yank').start(group)
  require('leery.hints.complete').start(group)
  require('leery.hints.plugins').start(group)
  require('leery.hints.disk').start(group)
end

--- Look at the changes of a buffer; more than once is once.
function M.watch(buf)
  require('leery.hints.watch').start(buf)
end

--- How many hints were sent, and how many could not be.
---@return integer, integer
function M.counts()
  return require('leery.hints.pending').counts()
end

return M
