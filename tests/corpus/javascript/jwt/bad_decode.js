const jwt = require('jsonwebtoken');

function authenticate(req, res, next) {
  const token = (req.headers.authorization || '').replace('Bearer ', '');
  const payload = jwt.decode(token); // expect: CWE-347
  if (!payload) return res.status(401).json({ error: 'invalid token' });
  req.user = { id: payload.sub, role: payload.role };
  next();
}

module.exports = { authenticate };
