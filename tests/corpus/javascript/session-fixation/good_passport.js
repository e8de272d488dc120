const passport = require('passport');
const express = require('express');

const router = express.Router();

router.post('/login', passport.authenticate('local'), (req, res) => {
  req.session.lastLogin = Date.now();
  res.json({ ok: true });
});

module.exports = router;
