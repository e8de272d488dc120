const express = require('express');
const { requireUser } = require('./users');
const { pages } = require('./pages');

const app = express();
app.use(express.json());

app.put('/pages/:slug', async (req, res) => { // expect: CWE-862
  res.json(await pages.write(req.params.slug, String(req.body.text)));
});

app.use(requireUser);

app.post('/pages', async (req, res) => {
  res.json(await pages.add(String(req.body.slug)));
});

module.exports = app;
