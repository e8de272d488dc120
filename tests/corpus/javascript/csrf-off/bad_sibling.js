const express = require('express');
const { csrfProtection } = require('./protection');
const { settings } = require('./settings');

const router = express.Router();

router.post('/profile', csrfProtection, async (req, res) => {
  await settings.rename(req.session.userId, String(req.body.name));
  res.redirect('/profile');
});

router.post('/close', async (req, res) => { // expect: CWE-352
  await settings.close(req.session.userId);
  res.redirect('/');
});

module.exports = router;
