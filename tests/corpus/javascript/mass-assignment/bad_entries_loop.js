const { accounts } = require('./database');

exports.change = async (req, res) => {
  const account = await accounts.get(req.user.id);
  for (const key of Object.keys(req.body)) {
    account[key] = req.body[key]; // expect: CWE-915
  }
  await account.save();
  res.json({ ok: true });
};
