const protobuf = require('protobufjs');

const root = protobuf.loadSync('event.proto');
const Event = root.lookupType('shop.Event');

function receive(req, res) {
  const event = Event.decode(req.body);
  res.json({ kind: event.kind });
}

module.exports = { receive };
