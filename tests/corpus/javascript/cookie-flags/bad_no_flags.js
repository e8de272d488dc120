const express = require('express');
const { createSession } = require('./sessions');

const app = express();

app.post('/login', async (req, res) => {
  const token = await createSession(req.body);
  res.cookie('session', token); // expect: CWE-614|CWE-1004
  res.json({ ok: true });
});

module.exports = app;
