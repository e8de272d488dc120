import type { NextApiRequest, NextApiResponse } from 'next';
import { PrismaClient } from '@prisma/client';

const prisma = new PrismaClient();

export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  const email = req.query.email;
  const users = await prisma.$queryRawUnsafe(`SELECT id, name FROM "User" WHERE email = '${email}'`); // expect: CWE-89
  res.status(200).json(users);
}
