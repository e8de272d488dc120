const https = require('https');
const axios = require('axios');

const agent = new https.Agent({ rejectUnauthorized: false }); // expect: CWE-295

async function items(base) {
  const { data } = await axios.get(`${base}/items`, { httpsAgent: agent });
  return data;
}

module.exports = { items };
