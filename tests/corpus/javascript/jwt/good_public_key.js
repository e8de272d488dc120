const fs = require('fs');
const jwt = require('jsonwebtoken');

const publicKey = fs.readFileSync('keys/issuer.pub');

function claims(token) {
  return jwt.verify(token, publicKey, { algorithms: ['ES256'], issuer: 'https://id.example' });
}

module.exports = { claims };
