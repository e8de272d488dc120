-- What is there from the start, before any server runs: the command and the `<Plug>` maps. Loads nothing else.

vim.api.nvim_create_user_command('Leery', function(arguments)
  require('leery.commands').run(arguments)
end, {
  nargs = '*',
  bang = true,
  desc = 'Leery: where code came from, and what is wrong with it',
  complete = function(lead, line)
    return require('leery.commands').complete(lead, line)
  end,
})

for name, action in pairs({
  Blocks = 'blocks',
  Review = 'review',
  Suppress = 'suppress',
  Origin = 'origin',
  Log = 'log',
}) do
  vim.keymap.set('n', '<Plug>(Leery' .. name .. ')', function()
    require('leery.commands').run({ fargs = { action }, bang = false })
  end, { desc = 'Leery: ' .. action })
end

for name, step in pairs({ Next = 1, Previous = -1 }) do
  vim.keymap.set('n', '<Plug>(Leery' .. name .. 'Block)', function()
    require('leery.picker').jump(step * vim.v.count1)
  end, { desc = 'Leery: ' .. name:lower() .. ' block' })
end
