const Koa = require('koa');

const app = new Koa();

app.use(async (ctx) => {
  const target = ctx.query.to || '/';
  if (!target.startsWith('/')) {
    ctx.throw(400);
  }
  ctx.redirect(target); // expect: CWE-601 @ target
});

module.exports = app;
