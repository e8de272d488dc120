const express = require('express');
const axios = require('axios');

const app = express();

app.get('/preview', async (req, res) => {
  const { url } = req.query; // source
  const response = await axios.get(url, { timeout: 5000 }); // expect: CWE-918 @ url
  res.json({ status: response.status, length: response.data.length });
});

module.exports = app;
