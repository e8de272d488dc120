const libxmljs = require('libxmljs2');

function root(req, res) {
  const document = libxmljs.parseXml(req.body, { nonet: true });
  res.json({ root: document.root().name() });
}

module.exports = { root };
