import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { sessions, authenticate } from './users';

export async function login(req: Request, res: Response) {
  const user = await authenticate(req.body.email, req.body.password);
  const sid = randomUUID();
  await sessions.put(sid, { userId: user.id });
  res.cookie('sid', sid, { httpOnly: true, secure: true, sameSite: 'strict' });
  res.json({ ok: true });
}
