const lusca = require('lusca');

module.exports = (app) => {
  app.use(lusca({ csrf: true, xframe: 'SAMEORIGIN' }));
};
