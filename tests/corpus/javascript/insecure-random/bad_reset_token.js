const PasswordReset = require('./models/password-reset');

async function createReset(user) {
  const token = Math.random().toString(36).slice(2) + Date.now().toString(36); // expect: CWE-330
  await PasswordReset.create({ user: user.id, token });
  return token;
}

module.exports = { createReset };
