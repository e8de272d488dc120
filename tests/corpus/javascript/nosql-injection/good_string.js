const express = require('express');
const User = require('./models/user');

const app = express();
app.use(express.json());

app.post('/user', async (req, res) => {
  const email = String(req.body.email);
  const user = await User.findOne({ email, active: true });
  res.json({ found: user !== null });
});

module.exports = app;
