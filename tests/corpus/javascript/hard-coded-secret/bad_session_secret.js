const express = require('express');
const session = require('express-session');

const app = express();

app.use(
  session({
    secret: 'keyboard cat 42', // expect: CWE-798
    resave: false,
    saveUninitialized: false,
    cookie: { secure: true, httpOnly: true, sameSite: 'lax' },
  })
);

module.exports = app;
