const OpenAI = require('openai');

const client = new OpenAI();

async function answer(url, question) {
  const page = await (await fetch(url)).text();
  const messages = [
    { role: 'system', content: 'Answer from this page:\n' + page },
    { role: 'user', content: question },
  ];
  const reply = await client.chat.completions.create({ model: 'gpt-4o', messages }); // expect: CWE-1427
  return reply.choices[0].message.content;
}

module.exports = { answer };
