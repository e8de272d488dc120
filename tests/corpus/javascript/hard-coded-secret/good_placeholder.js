const messages = {
  passwordTooShort: 'The password is too short',
  tokenExpired: 'The token has expired',
};

const example = {
  apiKey: '<YOUR_API_KEY>',
  password: '********',
  token: 'xxxxxxxx',
};

module.exports = { messages, example };
