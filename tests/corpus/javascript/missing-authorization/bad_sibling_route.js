const express = require('express');
const { requireAuth } = require('./auth');
const Article = require('./models/article');

const router = express.Router();

router.post('/articles', requireAuth, async (req, res) => {
  const article = await Article.create({ author: req.user.id, title: req.body.title });
  res.status(201).json(article);
});

router.put('/articles/:id', requireAuth, async (req, res) => {
  await Article.updateOne({ _id: String(req.params.id), author: req.user.id }, { title: String(req.body.title) });
  res.json({ ok: true });
});

router.delete('/articles/:id', async (req, res) => { // expect: CWE-862
  await Article.deleteOne({ _id: String(req.params.id) });
  res.status(204).end();
});

module.exports = router;
