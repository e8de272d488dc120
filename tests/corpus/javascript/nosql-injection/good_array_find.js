const catalogue = [{ name: 'pen' }, { name: 'ink' }];

function item(req, res) {
  const found = catalogue.find((entry) => entry.name === req.body.name);
  res.json({ found: found || null });
}

module.exports = { item };
