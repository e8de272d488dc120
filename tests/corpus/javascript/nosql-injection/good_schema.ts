import { z } from 'zod';
import type { Request, Response } from 'express';
import { users } from './database';

const Query = z.object({ email: z.string().email(), team: z.number().int() });

export async function lookup(req: Request, res: Response) {
  const { email, team } = Query.parse(req.body);
  res.json({ found: (await users.findOne({ email, team })) !== null });
}
