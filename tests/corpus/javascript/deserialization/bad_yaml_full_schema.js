const yaml = require('js-yaml');

function importConfig(req, res) {
  const config = yaml.load(req.body.config, { schema: yaml.DEFAULT_FULL_SCHEMA }); // expect: CWE-502
  res.json({ keys: Object.keys(config) });
}

module.exports = { importConfig };
