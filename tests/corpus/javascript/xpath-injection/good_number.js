const xpath = require('xpath');

function book(document, req, res) {
  const position = Number.parseInt(req.query.n, 10) || 1;
  res.json(xpath.select(`//book[${position}]/title/text()`, document).map(String));
}

module.exports = { book };
