-- Completions taken from Neovim's own menu. The menu inserts letter by letter and takes back, so what it left is read
-- off when it closes: the word in front of the cursor without the part that was typed.
local pending = require('leery.hints.pending')
local trim = require('leery.hints.trim')

local M = {}

-- After so many milliseconds a selected word is told although the menu is still open: the server waits two seconds.
local PATIENCE = 1000

-- Where typing last ended, and the line up to there.
local typed = { buf = -1, row = -1, line = '' }
local told ---@type string? the word that has been told of the menu that is open
local timer = vim.uv.new_timer()

local function note_typed(buf, row, column)
  local line = vim.api.nvim_buf_get_text(buf, row, 0, row, column, {})[1]
  typed = { buf = buf, row = row, line = line }
end

local function in_menu(mode)
  return mode:find('^.[cx]') ~= nil
end

local last_key = ''

--- Something was inserted in Insert mode, and nobody knows of an origin.
function M.inserted(buf, change, mode)
  local single = change.new_row == change.row and change.new_column - change.column
  if not in_menu(mode) or (single and single <= 4 and M.is_typed(buf, change)) then
    note_typed(buf, change.new_row, change.new_column)
    last_key = ''
  end
end

--- Whether the inserted character is the key that was pressed last, and not one that the menu writes.
function M.is_typed(buf, change)
  if last_key == '' then
    return false
  end
  local text = vim.api.nvim_buf_get_text(buf, change.row, change.column, change.new_row, change.new_column, {})[1]
  return text == last_key
end

--- Something was deleted in Insert mode: by a key of the person's, or by the menu.
function M.deleted(buf, change, mode)
  if not in_menu(mode) and last_key == 'delete' then
    note_typed(buf, change.new_row, change.new_column)
  end
end

--- The word that stands in front of the cursor and was completed, told once.
local function tell(word)
  local buf = vim.api.nvim_get_current_buf()
  if not word or word == '' or told == word or not require('leery.hints.watch').is_watched(buf) then
    return
  end
  local lines = vim.split(word, '\n', { plain = true })
  if #lines > 1 then
    return -- inserted as keys, line by line
  end
  local cursor = vim.api.nvim_win_get_cursor(0)
  local row, column = cursor[1] - 1, cursor[2]
  local start = column - #word
  local line = vim.api.nvim_get_current_line()
  if start < 0 or line:sub(start + 1, column) ~= word then
    return
  end
  local before = typed.buf == buf and typed.row == row and typed.line:sub(start + 1) or ''
  if typed.line:sub(1, start) ~= line:sub(1, start) then
    before = ''
  end
  local head = trim.common(before, word)
  if head < #word then
    told = word
    pending.add(buf, { kind = 'completion', evidence = 'observed', assistant = M.source() }, {
      row,
      start + head,
      row,
      column,
    })
  end
end

--- The language server that offered the completed item.
function M.source()
  local data = vim.v.completed_item.user_data
  local id = type(data) == 'table' and vim.tbl_get(data, 'nvim', 'lsp', 'client_id')
  local client = id and vim.lsp.get_client_by_id(id)
  return client and client.name or nil
end

function M.start(group)
  vim.on_key(function(key, typed_key)
    if typed_key == '' or typed_key == nil then
      return
    end
    local bytes = vim.fn.keytrans(key)
    if bytes == '<BS>' or bytes == '<C-H>' or bytes == '<C-W>' or bytes == '<C-U>' or bytes == '<Del>' then
      last_key = 'delete'
    else
      last_key = key
    end
  end, vim.api.nvim_create_namespace('leery.complete'))
  vim.api.nvim_create_autocmd('CompleteChanged', {
    group = group,
    callback = function()
      told = nil
      timer:stop()
      local word = vim.v.event.completed_item.word
      if word and word ~= '' then
        timer:start(PATIENCE, 0, function()
          vim.schedule(function()
            if vim.fn.pumvisible() == 1 and vim.v.completed_item.word == word then
              tell(word)
            end
          end)
        end)
      end
    end,
  })
  vim.api.nvim_create_autocmd('CompleteDone', {
    group = group,
    callback = function()
      timer:stop()
      if vim.v.event.reason ~= 'cancel' then
        tell(vim.v.completed_item.word)
      end
      told = nil
    end,
  })
end

return M
