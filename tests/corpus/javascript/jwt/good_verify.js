const jwt = require('jsonwebtoken');

function authenticate(req, res, next) {
  const token = (req.headers.authorization || '').replace('Bearer ', '');
  try {
    const payload = jwt.verify(token, process.env.JWT_PUBLIC_KEY, { algorithms: ['RS256'], audience: 'api' });
    req.user = { id: payload.sub };
    next();
  } catch (error) {
    res.status(401).json({ error: 'invalid token' });
  }
}

module.exports = { authenticate };
