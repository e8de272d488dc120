const pug = require('pug');

async function renderCard(ctx) {
  const source = `h1 Hello ${ctx.query.name}\np Welcome`;
  const render = pug.compile(source); // expect: CWE-94|CWE-1336
  ctx.body = render({});
}

module.exports = { renderCard };
