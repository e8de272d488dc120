const jwt = require('jsonwebtoken');

function userOf(token) {
  const claims = jwt.verify(token, process.env.JWT_SECRET, { algorithms: ['HS256', 'none'] }); // expect: CWE-347|CWE-327
  return claims.sub;
}

module.exports = { userOf };
