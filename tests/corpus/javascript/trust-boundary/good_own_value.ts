import type { Request, Response } from 'express';
import { users } from './users';

export async function refresh(req: Request, res: Response) {
  const user = await users.byId(req.session.userId);
  req.session.role = user.role;
  res.json({ ok: true });
}
