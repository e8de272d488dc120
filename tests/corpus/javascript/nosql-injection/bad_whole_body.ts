import type { Request, Response } from 'express';
import { Order } from './models/order';

export async function listOrders(req: Request, res: Response) {
  const filter = req.body;
  const orders = await Order.find(filter).limit(100); // expect: CWE-943 @ filter
  res.json(orders);
}
