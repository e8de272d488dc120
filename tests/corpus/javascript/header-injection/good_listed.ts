import type { Request, Response } from 'express';

const THEMES = ['light', 'dark'];

export function page(req: Request, res: Response) {
  const theme = THEMES.includes(String(req.query.theme)) ? String(req.query.theme) : 'light';
  res.setHeader('X-Theme', theme);
  res.send('ok');
}
