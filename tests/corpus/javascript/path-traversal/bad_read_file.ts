import { promises as fs } from 'fs';
import type { NextApiRequest, NextApiResponse } from 'next';

export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  const { page } = req.query;
  try {
    const text = await fs.readFile(`content/${page}.md`, 'utf8'); // expect: CWE-22
    res.status(200).json({ text });
  } catch {
    res.status(404).json({ error: 'not found' });
  }
}
