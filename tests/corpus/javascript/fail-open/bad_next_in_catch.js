const jwt = require('jsonwebtoken');

function authenticate(req, res, next) {
  try {
    req.user = jwt.verify(req.headers.authorization, process.env.JWT_PUBLIC_KEY, { algorithms: ['RS256'] });
    next();
  } catch (error) {
    next(); // expect: CWE-636
  }
}

module.exports = { authenticate };
