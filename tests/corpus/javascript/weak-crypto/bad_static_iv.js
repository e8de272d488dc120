const crypto = require('crypto');

const IV = Buffer.from('0000000000000000');

function encrypt(key, text) {
  const cipher = crypto.createCipheriv('aes-256-cbc', key, IV); // expect: CWE-329|CWE-327
  return cipher.update(text, 'utf8', 'hex') + cipher.final('hex');
}

module.exports = { encrypt };
