import { PrismaClient } from '@prisma/client';
import type { NextApiRequest, NextApiResponse } from 'next';

const prisma = new PrismaClient();

export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  const email = String(req.query.email);
  const users = await prisma.$queryRaw`SELECT id, name FROM "User" WHERE email = ${email}`;
  res.status(200).json(users);
}
