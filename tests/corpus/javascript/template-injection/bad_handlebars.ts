import Handlebars from 'handlebars';
import type { Request, Response } from 'express';

export function mailPreview(req: Request, res: Response) {
  const { subject, body } = req.body;
  const compiled = Handlebars.compile(body); // expect: CWE-94|CWE-1336
  res.json({ subject, text: compiled({ name: 'Ada' }) });
}
