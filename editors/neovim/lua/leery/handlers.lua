-- What the server says of its own accord, beside the protocol's own messages.
return {
  ['leery/blocksChanged'] = function(_, params, context)
    require('leery.blocks').changed(params.uri, context.client_id)
  end,
  ['leery/status'] = function(_, params, context)
    require('leery.status').set(context.client_id, params)
  end,
}
