-- What of a replaced text is new: a completion or an agent may write again what stood there before. Bytes, cut only
-- between characters.
local M = {}

local function common_prefix(one, other)
  local most = math.min(#one, #other)
  if one:sub(1, most) == other:sub(1, most) then
    return most
  end
  local low, high = 0, most
  while high - low > 1 do
    local middle = math.floor((low + high) / 2)
    if one:sub(low + 1, middle) == other:sub(low + 1, middle) then
      low = middle
    else
      high = middle
    end
  end
  return low
end

--- Whether a byte continues a UTF-8 character.
local function continues(text, at)
  local byte = text:byte(at)
  return byte ~= nil and byte >= 0x80 and byte < 0xC0
end

--- How many bytes both texts start with, and how many of the rest both end with.
function M.common(old, new)
  local head = common_prefix(old, new)
  while head > 0 and (continues(old, head + 1) or continues(new, head + 1)) do
    head = head - 1
  end
  local tail = common_prefix(old:sub(head + 1):reverse(), new:sub(head + 1):reverse())
  while tail > 0 and continues(new, #new - tail + 1) do
    tail = tail - 1
  end
  return head, tail
end

--- The range of the new characters in a replaced text; nil when there are none.
---@param old string[] lines
---@param new string[] lines
---@param row integer where both start
---@param column integer
---@return leery.Range?
function M.range(old, new, row, column)
  local text = table.concat(new, '\n')
  local head, tail = M.common(table.concat(old, '\n'), text)
  if head + tail >= #text then
    return nil
  end
  local function place(offset)
    local skipped, at = 0, 1
    while true do
      local stop = text:find('\n', at, true)
      if not stop or stop > offset then
        break
      end
      skipped, at = skipped + 1, stop + 1
    end
    local within = offset - at + 1
    return row + skipped, skipped == 0 and column + within or within
  end
  local first, from = place(head)
  local last, to = place(#text - tail)
  return { first, from, last, to }
end

return M
