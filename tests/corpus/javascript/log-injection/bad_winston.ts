import winston from 'winston';
import type { Request, Response } from 'express';

const logger = winston.createLogger({ transports: [new winston.transports.File({ filename: 'app.log' })] });

export function search(req: Request, res: Response) {
  const term = req.query.q;
  logger.info(`search for ${term}`); // expect: CWE-117
  res.json([]);
}
