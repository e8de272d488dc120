import pick from 'lodash/pick';
import { PrismaClient } from '@prisma/client';
import type { Request, Response } from 'express';

const prisma = new PrismaClient();

export async function update(req: Request, res: Response) {
  const data = pick(req.body, ['displayName', 'city']);
  res.json(await prisma.user.update({ where: { id: Number(req.params.id) }, data }));
}
