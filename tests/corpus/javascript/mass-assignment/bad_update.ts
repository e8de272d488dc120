import { PrismaClient } from '@prisma/client';
import type { Request, Response } from 'express';

const prisma = new PrismaClient();

export async function update(req: Request, res: Response) {
  const user = await prisma.user.update({ where: { id: Number(req.params.id) }, data: req.body }); // expect: CWE-915
  res.json(user);
}
