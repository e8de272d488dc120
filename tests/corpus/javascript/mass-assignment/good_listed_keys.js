const { accounts } = require('./database');

const OPEN = ['name', 'city'];

exports.change = async (req, res) => {
  const account = await accounts.get(req.user.id);
  for (const key of OPEN) {
    account[key] = String(req.body[key]);
  }
  await account.save();
  res.json({ ok: true });
};
