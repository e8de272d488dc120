const express = require('express');

const app = express();
const PAIR = /^(\w+)=(\w+)$/;

app.get('/parse', (req, res) => {
  const match = PAIR.exec(req.query.pair);
  const other = new RegExp('^[a-z]+$').exec(req.query.name || '');
  res.json({ pair: match && match.slice(1), ok: other !== null });
});

module.exports = app;
