import type { Request, Response } from 'express';

const SERVICES = new Map([
  ['billing', 'http://billing.internal:8080/health'],
  ['mail', 'http://mail.internal:8080/health'],
]);

export async function health(req: Request, res: Response) {
  const address = SERVICES.get(req.params.service);
  if (address === undefined) {
    res.status(404).end();
    return;
  }
  res.json({ ok: (await fetch(address)).ok });
}
