const jwt = require('jsonwebtoken');

function authenticate(req, res, next) {
  try {
    req.user = jwt.verify(req.headers.authorization, process.env.JWT_PUBLIC_KEY, { algorithms: ['RS256'] });
    next();
  } catch (error) {
    res.status(401).json({ error: 'invalid token' });
  }
}

module.exports = { authenticate };
