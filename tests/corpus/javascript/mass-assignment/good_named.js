const User = require('./models/user');

async function updateMe(req, res) {
  const { displayName, city } = req.body;
  await User.updateOne({ _id: req.user.id }, { displayName: String(displayName), city: String(city) });
  res.json({ ok: true });
}

module.exports = { updateMe };
