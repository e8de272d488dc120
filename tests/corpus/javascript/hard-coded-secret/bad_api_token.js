const axios = require('axios');

const client = axios.create({
  baseURL: 'https://api.github.com',
  timeout: 5000,
  headers: { Authorization: 'token ghp_x8Kq2LmNv7RtYb3WcZpD5sHjF1gA9eU4iOoT' }, // expect: CWE-798
});

async function issues(repository) {
  const { data } = await client.get(`/repos/${repository}/issues`);
  return data;
}

module.exports = { issues };
