function addToCart(req, res) {
  req.session.cart = req.session.cart || [];
  req.session.cart.push(Number(req.body.item));
  req.session.views = (req.session.views || 0) + 1;
  res.json({ items: req.session.cart.length });
}

module.exports = { addToCart };
