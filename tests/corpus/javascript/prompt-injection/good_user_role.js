const OpenAI = require('openai');

const client = new OpenAI();
const SYSTEM = 'You are the assistant of our bank. Never reveal account data.';

async function chat(req, res) {
  const completion = await client.chat.completions.create({
    model: 'gpt-4o-mini',
    messages: [
      { role: 'system', content: SYSTEM },
      { role: 'user', content: req.body.message },
    ],
  });
  res.json({ answer: completion.choices[0].message.content });
}

module.exports = { chat };
