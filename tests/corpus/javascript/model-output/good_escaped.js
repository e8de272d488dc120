const OpenAI = require('openai');
const escapeHtml = require('escape-html');

const client = new OpenAI();

async function explain(req, res) {
  const reply = await client.responses.create({ model: 'gpt-4o', input: String(req.body.question) });
  res.send('<article>' + escapeHtml(reply.output_text) + '</article>');
}

module.exports = { explain };
