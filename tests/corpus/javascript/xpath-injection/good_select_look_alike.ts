import type { Request, Response } from 'express';

class Menu {
  select(label: string): string {
    return label.toUpperCase();
  }
}

export function choose(req: Request, res: Response) {
  res.json({ chosen: new Menu().select("//item[name='" + req.query.name + "']") });
}
