const cors = require('cors');

const PARTNERS = ['https://a.example', 'https://b.example'];

module.exports = (app) => {
  app.use('/partners', cors({ origin: PARTNERS, credentials: true }));
  app.use('/own', cors({ origin: /^https:\/\/[a-z]+\.shop\.example$/, credentials: true }));
};
