import type { Request, Response } from 'express';

const preferences: Record<string, Record<string, unknown>> = {};

export function save(req: Request, res: Response) {
  const { group, name, value } = req.body;
  preferences[group] = preferences[group] || {};
  preferences[group][name] = value; // expect: CWE-1321
  res.json({ ok: true });
}
