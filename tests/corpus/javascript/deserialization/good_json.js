const express = require('express');

const app = express();
app.use(express.text());

app.post('/state', (req, res) => {
  const state = JSON.parse(req.body);
  res.json({ step: Number(state.step) });
});

module.exports = app;
