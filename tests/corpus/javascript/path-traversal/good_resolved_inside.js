const express = require('express');
const path = require('path');

const app = express();
const ROOT = path.resolve('/srv/files');

app.get('/file', (req, res) => {
  const target = path.resolve(ROOT, String(req.query.name));
  if (!target.startsWith(ROOT + path.sep)) {
    return res.status(403).end();
  }
  res.sendFile(target);
});

module.exports = app;
