import pino from 'pino';
import type { Request, Response } from 'express';

const logger = pino();

export function order(req: Request, res: Response) {
  const id = Number.parseInt(req.params.id, 10);
  logger.info({ id }, 'order read');
  res.json({ id });
}
