const cors = require('cors');
const { isPartner } = require('./partners');

const known = new Set(['https://app.shop.example']);

module.exports = (app) =>
  app.use(cors({ origin(asked, done) { done(null, known.has(asked)); }, credentials: true, exposedHeaders: [isPartner.name] }));
