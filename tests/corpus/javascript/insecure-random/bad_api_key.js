const { ApiKey } = require('./models');

const part = () => Math.random().toString(16).substring(2, 10); // expect: CWE-330

async function createApiKey(owner) {
  const apiKey = 'sk_' + [part(), part(), part()].join('');
  await ApiKey.create({ owner, apiKey });
  return apiKey;
}

module.exports = { createApiKey };
