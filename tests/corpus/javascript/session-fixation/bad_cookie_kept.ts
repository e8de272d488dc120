import type { Request, Response } from 'express';
import { sessions, authenticate } from './users';

export async function login(req: Request, res: Response) {
  const user = await authenticate(req.body.email, req.body.password);
  const sid = req.cookies.sid;
  await sessions.put(sid, { userId: user.id }); // expect: CWE-384
  res.cookie('sid', sid, { httpOnly: true, secure: true, sameSite: 'strict' });
  res.json({ ok: true });
}
