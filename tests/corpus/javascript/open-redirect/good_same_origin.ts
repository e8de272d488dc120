import type { Request, Response } from 'express';

const OWN = 'https://shop.example.com';

export function proceed(req: Request, res: Response) {
  const target = new URL(String(req.query.to), OWN);
  if (target.origin !== OWN) {
    res.status(400).end();
    return;
  }
  res.redirect(target.href);
}
