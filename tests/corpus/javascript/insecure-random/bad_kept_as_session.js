const sessions = new Map();

function open(res, user) {
  const id = Math.random().toString(36).slice(2) + Date.now().toString(36); // expect: CWE-330
  sessions.set(id, { user, since: Date.now() });
  res.cookie('sid', id, { httpOnly: true, secure: true, sameSite: 'lax' });
}

module.exports = { open, sessions };
