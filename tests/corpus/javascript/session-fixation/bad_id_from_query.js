const { sessions, authenticate } = require('./users');

async function login(req, res) {
  const sid = req.query.sid;
  const user = await authenticate(req.body.email, req.body.password);
  sessions.set(sid, user.id);
  res.cookie('sid', sid, { httpOnly: true, secure: true, sameSite: 'lax' }); // expect: CWE-384
  res.json({ ok: true });
}

module.exports = { login };
