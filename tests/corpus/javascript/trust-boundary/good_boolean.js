function consent(req, res) {
  req.session.consent = req.body.consent === 'yes';
  req.session.step = 2;
  res.json({ ok: true });
}

module.exports = { consent };
