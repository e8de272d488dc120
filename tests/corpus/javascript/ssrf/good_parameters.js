const axios = require('axios');

async function search(req, res) {
  const { data } = await axios.get('https://search.example.com/api', { params: { q: req.query.q }, timeout: 5000 });
  res.json(data);
}

module.exports = { search };
