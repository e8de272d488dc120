const yaml = require('js-yaml');

function importConfig(req, res) {
  const config = yaml.load(req.body.config);
  const other = yaml.load(req.body.other, { schema: yaml.JSON_SCHEMA });
  res.json({ keys: Object.keys(config), other: Object.keys(other) });
}

module.exports = { importConfig };
