const express = require('express');
const { exec } = require('child_process');

const app = express();

app.get('/health', (req, res) => {
  const { timeout,ㅤ } = req.query; // expect: CWE-838|CWE-1007|CWE-451
  const checks = ['uptime', 'date',ㅤ]; // expect: CWE-838|CWE-1007|CWE-451
  checks.filter(Boolean).forEach((command) => exec(command, { timeout: Number(timeout) || 1000 }));
  res.json({ checks: checks.length });
});

module.exports = app;
