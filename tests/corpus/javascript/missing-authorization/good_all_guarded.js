const express = require('express');
const { requireAuth } = require('./auth');
const Note = require('./models/note');

const router = express.Router();

router.post('/notes', requireAuth, async (req, res) => {
  res.status(201).json(await Note.create({ owner: req.user.id, text: req.body.text }));
});

router.delete('/notes/:id', requireAuth, async (req, res) => {
  await Note.deleteOne({ _id: String(req.params.id), owner: req.user.id });
  res.status(204).end();
});

router.get('/health', (req, res) => {
  res.json({ ok: true });
});

module.exports = router;
