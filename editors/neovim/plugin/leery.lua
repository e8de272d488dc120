if not vim.g.loaded_leery then
  vim.g.loaded_leery = true
  require('leery.plugin')
end
