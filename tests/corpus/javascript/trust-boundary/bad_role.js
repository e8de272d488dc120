function settings(req, res) {
  req.session.role = req.body.role; // expect: CWE-501
  res.json({ ok: true });
}

module.exports = { settings };
