const OpenAI = require('openai');

const client = new OpenAI();

async function explain(req, res) {
  const reply = await client.responses.create({ model: 'gpt-4o', input: String(req.body.question) });
  res.send(`<article>${reply.output_text}</article>`); // expect: CWE-79
}

module.exports = { explain };
