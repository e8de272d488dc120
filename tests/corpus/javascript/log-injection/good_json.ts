import type { Request, Response } from 'express';

export function search(req: Request, res: Response) {
  console.log(JSON.stringify({ event: 'search', term: req.query.q }));
  console.log('page %d', Number(req.query.page));
  res.json([]);
}
