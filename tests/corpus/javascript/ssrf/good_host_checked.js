const axios = require('axios');

const HOSTS = new Set(['api.github.com', 'api.gitlab.com']);

async function preview(req, res) {
  const url = new URL(String(req.query.url));
  if (url.protocol !== 'https:' || !HOSTS.has(url.hostname)) {
    return res.status(400).json({ error: 'host not allowed' });
  }
  const response = await axios.get(url.href, { timeout: 5000, maxRedirects: 0 });
  res.json({ status: response.status });
}

module.exports = { preview };
