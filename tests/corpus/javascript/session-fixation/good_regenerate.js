const express = require('express');
const { authenticate } = require('./users');

const router = express.Router();

router.post('/login', async (req, res, next) => {
  const user = await authenticate(req.body.email, req.body.password);
  if (!user) return res.status(401).json({ error: 'invalid' });
  req.session.regenerate((error) => {
    if (error) return next(error);
    req.session.userId = user.id;
    res.json({ ok: true });
  });
});

module.exports = router;
