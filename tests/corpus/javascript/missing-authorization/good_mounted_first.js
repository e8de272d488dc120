const express = require('express');
const { requireUser } = require('./users');
const { pages } = require('./pages');

const app = express();
app.get('/health', (req, res) => res.end('ok'));
app.use(requireUser);
app.put('/pages/:slug', async (req, res) => res.json(await pages.write(req.params.slug, String(req.body.text))));
app.delete('/pages/:slug', async (req, res) => res.json(await pages.drop(req.params.slug)));

module.exports = app;
