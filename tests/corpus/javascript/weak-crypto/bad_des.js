const crypto = require('crypto');

function encrypt(text, key) {
  const iv = crypto.randomBytes(8);
  const cipher = crypto.createCipheriv('des-cbc', key, iv); // expect: CWE-327
  return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final()]);
}

module.exports = { encrypt };
