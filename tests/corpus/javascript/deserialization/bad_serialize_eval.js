const serialize = require('serialize-javascript');

const store = new Map();

function save(id, value) {
  store.set(id, serialize(value));
}

function restore(req, res) {
  const value = eval('(' + req.body.state + ')'); // expect: CWE-502|CWE-94
  save(req.params.id, value);
  res.json({ ok: true });
}

module.exports = { restore };
