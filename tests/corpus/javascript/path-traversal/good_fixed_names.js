const fs = require('fs');

const LOCALES = { en: 'en.json', de: 'de.json' };

function messages(req, res) {
  const file = Object.hasOwn(LOCALES, req.query.lang) ? LOCALES[req.query.lang] : LOCALES.en;
  res.json(JSON.parse(fs.readFileSync('./locales/' + file, 'utf8')));
}

module.exports = { messages };
