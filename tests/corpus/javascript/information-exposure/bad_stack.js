const express = require('express');
const { runJob } = require('./jobs');

const app = express();

app.post('/jobs/:name', async (req, res) => {
  try {
    res.json(await runJob(req.params.name));
  } catch (error) {
    res.status(500).json({ error: error.stack }); // expect: CWE-209
  }
});

module.exports = app;
