import Koa from 'koa';
import Router from '@koa/router';

const app = new Koa();
const router = new Router();

router.get('/hello/:name', (ctx) => {
  ctx.type = 'text/html';
  ctx.body = '<h1>Hello ' + ctx.params.name + '</h1>'; // expect: CWE-79
});

app.use(router.routes());
export default app;
