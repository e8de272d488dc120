const express = require('express');

const app = express();

app.get('/search', (req, res) => {
  res.json({ query: req.query.q, html: `<b>${req.query.q}</b>` });
});

app.get('/plain', (req, res) => {
  res.type('text/plain').send('you asked for ' + req.query.q);
});

module.exports = app;
