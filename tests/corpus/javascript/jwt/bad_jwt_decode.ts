import { jwtDecode } from 'jwt-decode';
import type { NextApiRequest, NextApiResponse } from 'next';
import { orders } from '../../lib/orders';

export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  const claims = jwtDecode<{ sub: string }>(req.cookies.token ?? ''); // expect: CWE-347
  res.json(await orders.of(claims.sub));
}
