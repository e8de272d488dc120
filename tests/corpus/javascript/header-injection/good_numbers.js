function list(req, res) {
  const page = Number(req.query.page) || 1;
  res.set('X-Page', String(page));
  res.set('X-Request-Id', require('crypto').randomUUID());
  res.json([]);
}

module.exports = { list };
