const cache = new Map();

function remember(req, res) {
  cache.set('theme', req.query.theme);
  res.json({ size: cache.size });
}

module.exports = { remember };
