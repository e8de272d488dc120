const OpenAI = require('openai');
const { Pool } = require('pg');

const client = new OpenAI();
const pool = new Pool();

async function price(question) {
  const reply = await client.responses.create({ model: 'gpt-4o', input: 'The product in: ' + question });
  return pool.query('SELECT price FROM products WHERE name = $1', [reply.output_text.trim()]);
}

module.exports = { price };
