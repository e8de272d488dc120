const { sessions, authenticate } = require('./users');

async function login(req, res) {
  const sid = req.query.sid;
  const user = await authenticate(req.body.email, req.body.password);
  sessions.set(sid, user.id); // expect: CWE-384
  res.cookie('sid', sid, { httpOnly: true, secure: true, sameSite: 'lax' });
  res.json({ ok: true });
}

module.exports = { login };
