const EMAIL = /^([a-zA-Z0-9]+)*@[a-z]+\.com$/; // expect: CWE-1333

function isEmail(text) {
  return EMAIL.test(text);
}

module.exports = { isEmail };
