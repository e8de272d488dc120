const fs = require('fs');
const path = require('path');
const Koa = require('koa');

const app = new Koa();
const ROOT = '/srv/files';

app.use(async (ctx) => {
  const target = path.resolve(ROOT, ctx.query.name);
  if (!target.startsWith(ROOT)) {
    ctx.throw(403);
  }
  ctx.body = fs.createReadStream(path.join(ROOT, ctx.query.name)); // expect: CWE-22
});

module.exports = app;
