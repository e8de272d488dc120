-- The way to the server of a buffer.
local M = {}

--- The client that serves a buffer; nil while none is ready.
---@param buf integer
function M.of(buf)
  return vim.lsp.get_clients({ bufnr = buf, name = 'leery' })[1]
end

--- Run a server's command; `done(result)` only when it succeeds, and the person hears when it does not.
---@param buf integer
---@param command string
---@param argument table
---@param done fun(result: any)?
function M.execute(buf, command, argument, done)
  local client = M.of(buf)
  if not client then
    require('leery.notify').warn('no server runs for this file; see :checkhealth leery')
    return
  end
  client:request('workspace/executeCommand', { command = command, arguments = { argument } }, function(problem, result)
    if problem then
      require('leery.notify').error(problem.message or tostring(problem))
    elseif done then
      done(result)
    end
  end, buf)
end

--- Where a range of the protocol is in a buffer: first row and byte, last row and byte, from 0, end-exclusive.
function M.range(buf, client, range)
  local lines = vim.api.nvim_buf_line_count(buf)
  local function place(position)
    if position.line >= lines then
      local last = vim.api.nvim_buf_get_lines(buf, -2, -1, false)[1] or ''
      return lines - 1, #last
    end
    if client.offset_encoding == 'utf-8' then
      return position.line, position.character
    end
    local line = vim.api.nvim_buf_get_lines(buf, position.line, position.line + 1, false)[1] or ''
    return position.line, vim.str_byteindex(line, client.offset_encoding, position.character, false)
  end
  local first, from = place(range.start)
  local last, to = place(range['end'])
  return first, from, last, to
end

--- A range of the protocol from rows and bytes.
---@param range leery.Range
function M.to_range(buf, client, range)
  local function position(row, column)
    if client.offset_encoding ~= 'utf-8' and column > 0 then
      local line = vim.api.nvim_buf_get_lines(buf, row, row + 1, false)[1] or ''
      column = vim.str_utfindex(line, client.offset_encoding, math.min(column, #line), false)
    end
    return { line = row, character = column }
  end
  return { start = position(range[1], range[2]), ['end'] = position(range[3], range[4]) }
end

return M
