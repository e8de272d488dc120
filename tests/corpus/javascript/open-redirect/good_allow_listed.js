const express = require('express');

const app = express();
const PAGES = ['/home', '/account', '/orders'];

app.get('/continue', (req, res) => {
  const next = PAGES.includes(req.query.next) ? req.query.next : '/home';
  res.redirect(next);
});

module.exports = app;
