-- Texts as they can be sent. A buffer may hold bytes that are no UTF-8, which no message can carry, and carriage
-- returns within a line, which the protocol takes for line endings. Each such byte goes out as another single byte, so
-- that every place stays where it is; the buffer itself is left alone.
local M = {}

local NO_ASCII = '[\128-\255]'
local TAIL = '[\128-\191]'
-- All characters of more than one byte (RFC 3629, section 4), by their first byte.
local CHARACTERS = {
  { '[\194-\223]', TAIL },
  { '\224', '[\160-\191]' .. TAIL },
  { '[\225-\236\238\239]', TAIL .. TAIL },
  { '\237', '[\128-\159]' .. TAIL },
  { '\240', '[\144-\191]' .. TAIL .. TAIL },
  { '[\241-\243]', TAIL .. TAIL .. TAIL },
  { '\244', '[\128-\143]' .. TAIL .. TAIL },
}

local function is_utf8(text)
  if text:find(NO_ASCII) then
    for _, character in ipairs(CHARACTERS) do
      text = text:gsub(character[1] .. character[2], '.')
    end
  end
  return not text:find(NO_ASCII)
end

--- Where the UTF-8 character at a place ends; nil when there is none.
local function last_byte(text, at)
  for _, character in ipairs(CHARACTERS) do
    local _, last = text:find('^' .. character[1] .. character[2], at)
    if last then
      return last
    end
  end
end

local function utf8_only(text)
  if is_utf8(text) then
    return text
  end
  local parts, from = {}, 1
  local at = text:find(NO_ASCII)
  while at do
    local last = last_byte(text, at)
    if not last then
      parts[#parts + 1] = text:sub(from, at - 1) .. '?'
      from = at + 1
    end
    at = text:find(NO_ASCII, (last or at) + 1)
  end
  return table.concat(parts) .. text:sub(from)
end

local function without_lone_returns(text)
  if not text:find('\r', 1, true) then
    return text
  end
  return (
    text:gsub('(\r+)([^\r]?)', function(returns, next)
      local kept = next == '\n' and 1 or next == '' and #returns or 0
      return (' '):rep(#returns - kept) .. ('\r'):rep(kept) .. next
    end)
  )
end

--- A text of a buffer as it is sent; of the same length in bytes.
---@param text string
---@param format string the buffer's 'fileformat'
function M.text(text, format)
  text = utf8_only(text)
  return format == 'mac' and text or without_lone_returns(text)
end

return M
