import type { Request, Response } from 'express';

export function chooseTenant(req: Request, res: Response) {
  const tenant = req.query.tenant as string;
  (req.session as any).tenant = tenant; // expect: CWE-501
  res.json({ tenant });
}
