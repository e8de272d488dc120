import type { NextApiRequest, NextApiResponse } from 'next';
import { loadOrder } from '../../lib/orders';

export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  try {
    res.json(await loadOrder(Number(req.query.id)));
  } catch (error) {
    res.status(500).send(String((error as Error).stack)); // expect: CWE-209
  }
}
