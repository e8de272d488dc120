const xpath = require('xpath');

const ELEMENTS = new Set(['name', 'price']);

function values(document, req, res) {
  const element = String(req.query.element);
  if (!ELEMENTS.has(element)) {
    return res.status(400).end();
  }
  return res.json(xpath.select('//part/' + element + '/text()', document).map(String));
}

module.exports = { values };
