const express = require('express');
const libxmljs = require('libxmljs2');

const app = express();
app.use(express.text({ type: 'application/xml' }));

app.post('/import', (req, res) => {
  const document = libxmljs.parseXml(req.body, { noent: true }); // expect: CWE-611
  res.json({ root: document.root().name() });
});

module.exports = app;
