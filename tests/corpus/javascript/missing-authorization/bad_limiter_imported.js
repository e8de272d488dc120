const otherExpress = require('express');
const rateLimitOf = require('express-rate-limit');
const { login: otherLogin } = require('./auth');

const app = otherExpress();
app.use(otherExpress.json());

const loginLimiter = rateLimitOf({ windowMs: 15 * 60 * 1000, max: 10 }); // expect: CWE-770|CWE-307|CWE-862|CWE-799

app.post('/login', async (req, res) => {
  const token = await otherLogin(req.body.email, req.body.password);
  res.json({ token });
});

module.exports = app;
