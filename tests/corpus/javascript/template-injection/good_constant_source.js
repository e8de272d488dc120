const Handlebars = require('handlebars');

const CARD = Handlebars.compile('<h1>{{title}}</h1><p>{{text}}</p>');

function card(req, res) {
  res.type('html').send(CARD({ title: req.query.title, text: req.query.text }));
}

module.exports = { card };
