const express = require('express');
const { csrfProtection } = require('./protection');
const { settings } = require('./settings');

const router = express.Router();
router.use(csrfProtection);

router.post('/profile', csrfProtection, (req, res) => settings.rename(req.session.userId).then(() => res.end()));
router.post('/close', (req, res) => settings.close(req.session.userId).then(() => res.end()));

module.exports = router;
