import type { NextFunction, Request, Response } from 'express';

class UserError extends Error {
  constructor(readonly code: string, readonly status = 400) {
    super(code);
  }
}

export function onError(err: Error, _req: Request, res: Response, _next: NextFunction) {
  if (err instanceof UserError) {
    res.status(err.status).json({ code: err.code });
    return;
  }
  res.status(500).json({ code: 'internal' });
}
