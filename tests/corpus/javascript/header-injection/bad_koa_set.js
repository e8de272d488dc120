const Koa = require('koa');

const app = new Koa();

app.use(async (ctx) => {
  ctx.set('X-Theme', ctx.query.theme); // expect: CWE-113
  ctx.body = 'ok';
});

module.exports = app;
