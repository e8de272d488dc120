const express = require('express');
const { createSession } = require('./sessions');

const app = express();

app.post('/login', async (req, res) => {
  const token = await createSession(req.body);
  res.cookie('session', token, { httpOnly: true, secure: true, sameSite: 'strict' });
  res.json({ ok: true });
});

module.exports = app;
