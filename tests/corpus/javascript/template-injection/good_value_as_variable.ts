import nunjucks from 'nunjucks';
import type { Request, Response } from 'express';

const TEMPLATE = 'Hello {{ name }}, you have {{ count }} messages.';

export function banner(req: Request, res: Response) {
  const text = nunjucks.renderString(TEMPLATE, { name: req.query.name, count: 3 });
  res.json({ text });
}
