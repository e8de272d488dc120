const express = require('express');
const { requireAuth } = require('./auth');
const Order = require('./models/order');

const router = express.Router();
router.use(requireAuth);

router.post('/orders', async (req, res) => {
  res.status(201).json(await Order.create({ owner: req.user.id, items: req.body.items }));
});

router.delete('/orders/:id', async (req, res) => {
  await Order.deleteOne({ _id: String(req.params.id), owner: req.user.id });
  res.status(204).end();
});

module.exports = router;
