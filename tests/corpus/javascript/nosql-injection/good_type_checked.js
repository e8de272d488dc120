const User = require('./models/user');

async function login(req, res) {
  const { email, password } = req.body;
  if (typeof email !== 'string' || typeof password !== 'string') {
    return res.status(400).json({ error: 'text expected' });
  }
  const user = await User.findOne({ email });
  res.json({ ok: user !== null && (await user.verify(password)) });
}

module.exports = { login };
