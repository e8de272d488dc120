const OpenAI = require('openai');
const { Pool } = require('pg');

const client = new OpenAI();
const pool = new Pool();

async function ask(question) {
  const reply = await client.chat.completions.create({
    model: 'gpt-4o',
    messages: [{ role: 'user', content: 'Write SQL for: ' + question }],
  });
  const statement = reply.choices[0].message.content;
  const result = await pool.query(statement); // expect: CWE-89 @ statement
  return result.rows;
}

module.exports = { ask };
