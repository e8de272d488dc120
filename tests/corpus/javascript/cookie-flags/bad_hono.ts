import { Hono } from 'hono';
import { setCookie } from 'hono/cookie';
import { enter } from './users';

const app = new Hono();

app.post('/enter', async (c) => {
  const session = await enter(await c.req.json());
  setCookie(c, 'session', session.id, { path: '/' }); // expect: CWE-614
  return c.body(null, 204);
});

export default app;
