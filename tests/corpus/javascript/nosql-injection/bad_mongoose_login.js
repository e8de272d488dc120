const express = require('express');
const User = require('./models/user');

const app = express();
app.use(express.json());

app.post('/login', async (req, res) => {
  const user = await User.findOne({ email: req.body.email, password: req.body.password }); // expect: CWE-943
  if (!user) return res.status(401).json({ error: 'invalid' });
  res.json({ id: user.id });
});

module.exports = app;
