const express = require('express');

const app = express();
app.use(express.urlencoded({ extended: false }));

app.post('/login', (req, res) => {
  const username = req.body.username;
  console.log('Failed login for user: ' + username); // expect: CWE-117
  res.status(401).json({ error: 'invalid' });
});

module.exports = app;
