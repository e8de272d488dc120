const crypto = require('crypto');
const User = require('./models/user');

async function register(email, password) {
  const hash = crypto.createHash('md5').update(password).digest('hex'); // expect: CWE-327
  return User.create({ email, hash });
}

module.exports = { register };
