import { deserialize } from 'funcster';
import type { Request, Response } from 'express';

export function loadPlugin(req: Request, res: Response) {
  const plugin = deserialize(req.body.plugin); // expect: CWE-502
  res.json({ name: plugin.name });
}
