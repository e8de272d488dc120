const crypto = require('crypto');
const bcrypt = require('bcrypt');

async function hash(password) {
  return bcrypt.hash(password, 12);
}

function derive(password) {
  const salt = crypto.randomBytes(16);
  return { salt, key: crypto.scryptSync(password, salt, 32) };
}

module.exports = { hash, derive };
