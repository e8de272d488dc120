const express = require('express');
const serialize = require('node-serialize');
const cookieParser = require('cookie-parser');

const app = express();
app.use(cookieParser());

app.get('/profile', (req, res) => {
  const raw = Buffer.from(req.cookies.profile, 'base64').toString(); // source
  const profile = serialize.unserialize(raw); // expect: CWE-502 @ raw
  res.json({ name: profile.name });
});

module.exports = app;
