const express = require('express');

const app = express();

app.get('/export', (req, res) => {
  const name = encodeURIComponent(String(req.query.filename));
  res.setHeader('Content-Disposition', `attachment; filename*=UTF-8''${name}`);
  res.send('a,b\n1,2\n');
});

module.exports = app;
