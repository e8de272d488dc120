const express = require('express');

const app = express();

app.get('/export', (req, res) => {
  res.setHeader('Content-Disposition', 'attachment; filename=' + req.query.filename); // expect: CWE-113
  res.send('a,b\n1,2\n');
});

module.exports = app;
