import type { Request, Response } from 'express';

const operations: Record<string, (a: number, b: number) => number> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
};

export function calculate(req: Request, res: Response) {
  const operation = Object.hasOwn(operations, req.params.op) ? operations[req.params.op] : undefined;
  if (!operation) {
    res.status(404).end();
    return;
  }
  res.json({ result: operation(Number(req.query.a), Number(req.query.b)) });
}
