const { createClient } = require('redis');

const SCRIPT = 'return redis.call("INCRBY", KEYS[1], ARGV[1])';

async function increase(req, res) {
  const client = createClient();
  await client.connect();
  const value = await client.eval(SCRIPT, { keys: [`count:${req.params.name}`], arguments: ['1'] });
  res.json({ value });
}

module.exports = { increase };
