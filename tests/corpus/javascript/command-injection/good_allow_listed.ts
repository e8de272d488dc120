import { exec } from 'child_process';
import type { Request, Response } from 'express';

const SERVICES = ['nginx', 'redis', 'worker'];

export function restart(req: Request, res: Response) {
  const service = req.body.service;
  if (!SERVICES.includes(service)) {
    return res.status(404).json({ error: 'unknown service' });
  }
  exec(`systemctl restart ${service}`, (error) => {
    res.json({ ok: !error });
  });
}
