const express = require('express');

const app = express();
const lines = ['first line', 'second line'];

app.get('/grep', (req, res) => {
  const pattern = new RegExp(req.query.pattern); // expect: CWE-1333|CWE-730|CWE-625
  res.json(lines.filter((line) => pattern.test(line)));
});

module.exports = app;
