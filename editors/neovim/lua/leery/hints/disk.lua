-- A file that was written outside and is read again. Neovim then closes and opens the document for the server, which
-- compares the texts and calls what is new `disk` (or `vcs`): a hint would find no change that it could explain. What
-- is left to do here is to let go of places in the old text, and to ask for the blocks in the new one.
local M = {}

function M.start(group)
  vim.api.nvim_create_autocmd('FileChangedShellPost', {
    group = group,
    callback = function(event)
      require('leery.hints.watch').reloaded(event.buf)
      vim.schedule(function()
        require('leery.blocks').refresh(event.buf)
      end)
    end,
  })
end

return M
