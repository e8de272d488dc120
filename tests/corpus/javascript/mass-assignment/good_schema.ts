import { z } from 'zod';
import type { Request, Response } from 'express';
import { Account } from './models/account';

const Body = z.object({ name: z.string(), city: z.string() }).strict();

export async function create(req: Request, res: Response) {
  res.status(201).json(await Account.create(Body.parse(req.body)));
}
