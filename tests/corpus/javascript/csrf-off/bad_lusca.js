const express = require('express');
const lusca = require('lusca');

const app = express();
app.use(
  lusca({
    xframe: 'DENY',
    csrf: false, // expect: CWE-352
  }),
);

module.exports = app;
