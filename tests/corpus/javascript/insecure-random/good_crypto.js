const { randomBytes, randomInt, randomUUID } = require('crypto');

module.exports = {
  resetToken: () => randomBytes(32).toString('base64url'),
  otp: () => randomInt(100000, 1000000),
  sessionId: () => randomUUID(),
};
