const fs = require('fs');
const jwt = require('jsonwebtoken');

const publicKey = fs.readFileSync('keys/issuer.pub');

function claims(token) {
  return jwt.verify(token, publicKey); // expect: CWE-347
}

module.exports = { claims };
