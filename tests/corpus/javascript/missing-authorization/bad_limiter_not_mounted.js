const express = require('express');
const rateLimit = require('express-rate-limit');
const { login } = require('./auth');

const app = express();
app.use(express.json());

const loginLimiter = rateLimit({ windowMs: 15 * 60 * 1000, max: 10 }); // expect: CWE-770|CWE-307|CWE-862|CWE-799

app.post('/login', async (req, res) => {
  const token = await login(req.body.email, req.body.password);
  res.json({ token });
});

module.exports = app;
