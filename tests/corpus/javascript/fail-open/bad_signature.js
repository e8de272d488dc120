const crypto = require('crypto');

function verifySignature(body, signature, secret) {
  try {
    const expected = crypto.createHmac('sha256', secret).update(body).digest();
    return crypto.timingSafeEqual(expected, Buffer.from(signature, 'hex'));
  } catch (error) {
    console.warn('signature could not be checked');
    return true; // expect: CWE-636
  }
}

module.exports = { verifySignature };
