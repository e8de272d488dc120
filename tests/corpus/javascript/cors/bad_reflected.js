const express = require('express');

const app = express();

app.use((req, res, next) => {
  res.header('Access-Control-Allow-Origin', req.headers.origin); // expect: CWE-942
  res.header('Access-Control-Allow-Credentials', 'true');
  next();
});

module.exports = app;
