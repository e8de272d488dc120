const _ = require('lodash');

const config = { theme: 'light' };

function patch(req, res) {
  _.set(config, req.body.path, req.body.value); // expect: CWE-1321
  res.json(config);
}

module.exports = { patch };
