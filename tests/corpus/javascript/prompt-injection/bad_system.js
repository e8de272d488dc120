const express = require('express');
const OpenAI = require('openai');

const app = express();
app.use(express.json());
const client = new OpenAI();

app.post('/chat', async (req, res) => {
  const completion = await client.chat.completions.create({
    model: 'gpt-4o-mini',
    messages: [ // expect: CWE-1427
      { role: 'system', content: `You are a ${req.body.persona} assistant of our bank.` },
      { role: 'user', content: req.body.message },
    ],
  });
  res.json({ answer: completion.choices[0].message.content });
});

module.exports = app;
