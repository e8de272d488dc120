const express = require('express');
const { authenticate } = require('./users');

const router = express.Router();

router.post('/login', async (req, res) => {
  const user = await authenticate(req.body.email, req.body.password);
  if (!user) return res.status(401).json({ error: 'invalid' });
  req.session.userId = user.id; // expect: CWE-384
  res.json({ ok: true });
});

module.exports = router;
