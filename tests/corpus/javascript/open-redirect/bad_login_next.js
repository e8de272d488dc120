const express = require('express');

const app = express();
app.use(express.urlencoded({ extended: false }));

app.post('/login', (req, res) => {
  const next = req.query.next || '/'; // source
  res.redirect(next); // expect: CWE-601 @ next
});

module.exports = app;
