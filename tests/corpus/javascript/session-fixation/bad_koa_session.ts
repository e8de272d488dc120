import Router from '@koa/router';
import { authenticate } from './users';

export const router = new Router();

router.post('/login', async (ctx) => {
  const user = await authenticate(ctx.request.body.email, ctx.request.body.password);
  ctx.session!.user = { id: user.id, admin: user.admin }; // expect: CWE-384
  ctx.body = { ok: true };
});
