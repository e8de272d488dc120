const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';

function newSessionId() {
  let sessionId = '';
  for (let i = 0; i < 32; i++) {
    sessionId += ALPHABET[Math.floor(Math.random() * ALPHABET.length)]; // expect: CWE-330
  }
  return sessionId;
}

module.exports = { newSessionId };
