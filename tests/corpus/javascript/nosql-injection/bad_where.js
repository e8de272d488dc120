const { MongoClient } = require('mongodb');

async function search(req, res) {
  const client = await MongoClient.connect(process.env.MONGO_URL);
  const items = client.db('shop').collection('items');
  const found = await items.find({ $where: `this.name == '${req.query.name}'` }).toArray(); // expect: CWE-943
  res.json(found);
}

module.exports = { search };
