const express = require('express');

const app = express();

app.get('/page', (req, res) => {
  const number = parseInt(req.query.n, 10);
  if (Number.isNaN(number)) {
    return res.status(400).send('bad page');
  }
  res.send(`<h1>Page ${number}</h1><a href="/page?n=${number + 1}">next</a>`);
});

module.exports = app;
