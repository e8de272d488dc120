const express = require('express');
const { execFile } = require('child_process');

const app = express();

app.get('/ping', (req, res) => {
  const host = String(req.query.host);
  if (host.startsWith('-')) return res.status(400).end();
  execFile('ping', ['-c', '3', host], (error, stdout) => {
    res.json({ output: error ? '' : stdout });
  });
});

module.exports = app;
