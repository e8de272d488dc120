const jwt = require('jsonwebtoken');
const { keyFor } = require('./keys');

async function verify(token) {
  const decoded = jwt.decode(token, { complete: true });
  if (!decoded || decoded.header.alg !== 'RS256') {
    throw new Error('unexpected algorithm');
  }
  const key = await keyFor(decoded.header.kid);
  return jwt.verify(token, key, { algorithms: ['RS256'] });
}

module.exports = { verify };
