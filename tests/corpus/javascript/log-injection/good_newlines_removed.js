const express = require('express');

const app = express();

app.post('/login', (req, res) => {
  const username = String(req.query.username).replace(/[\r\n]/g, '');
  console.log('Failed login for user: ' + username);
  res.status(401).end();
});

module.exports = app;
