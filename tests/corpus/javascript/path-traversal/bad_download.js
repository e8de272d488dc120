const express = require('express');
const path = require('path');

const app = express();
const UPLOADS = path.join(__dirname, 'uploads');

app.get('/download', (req, res) => {
  const file = req.query.file; // source
  const target = path.join(UPLOADS, file);
  res.sendFile(target); // expect: CWE-22 @ target
});

module.exports = app;
