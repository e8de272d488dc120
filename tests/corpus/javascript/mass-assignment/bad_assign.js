const User = require('./models/user');

async function updateMe(req, res) {
  const user = await User.findById(req.user.id);
  Object.assign(user, req.body); // expect: CWE-915
  await user.save();
  res.json({ ok: true });
}

module.exports = { updateMe };
