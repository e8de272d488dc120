const express = require('express');

const app = express();
app.use(express.text());

app.post('/points', (req, res) => {
  const points = JSON.parse(req.body);
  setTimeout(() => console.log('done'), 100);
  res.json({ count: points.length });
});

module.exports = app;
