const express = require('express');
const rateLimit = require('express-rate-limit');
const { login, requireAuth } = require('./auth');

const app = express();
app.use(express.json());
const loginLimiter = rateLimit({ windowMs: 15 * 60 * 1000, max: 10 });

app.post('/login', loginLimiter, async (req, res) => {
  res.json({ token: await login(req.body.email, req.body.password) });
});

app.post('/logout', requireAuth, (req, res) => {
  res.status(204).end();
});

module.exports = app;
