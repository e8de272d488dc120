import type { NextFunction, Request, Response } from 'express';

export function session(req: Request, res: Response, next: NextFunction) {
  const token = req.cookies.token as string;
  const payload = JSON.parse(Buffer.from(token.split('.')[1], 'base64').toString()); // expect: CWE-347
  res.locals.userId = payload.sub;
  res.locals.isAdmin = payload.role === 'admin';
  next();
}
