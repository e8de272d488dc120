import type { Request, Response } from 'express';

const preferences = new Map<string, Map<string, unknown>>();

export function save(req: Request, res: Response) {
  const { group, name, value } = req.body;
  const entries = preferences.get(group) ?? new Map<string, unknown>();
  entries.set(name, value);
  preferences.set(group, entries);
  res.json({ ok: true });
}
