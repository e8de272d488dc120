function position(req, res) {
  const text = 'the quick brown fox';
  const pattern = '(uid=' + req.query.uid + ')';
  res.json({ at: text.search('fox'), pattern });
}

module.exports = { position };
