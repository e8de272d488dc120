const express = require('express');
const ejs = require('ejs');

const app = express();
app.use(express.urlencoded({ extended: false }));

app.post('/preview', (req, res) => {
  const template = '<h1>Preview</h1>' + req.body.template;
  const html = ejs.render(template, { user: 'demo' }); // expect: CWE-94|CWE-1336
  res.type('html').send(html);
});

module.exports = app;
