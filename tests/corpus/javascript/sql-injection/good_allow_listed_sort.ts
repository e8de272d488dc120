import { Pool } from 'pg';
import { Router, Request, Response } from 'express';

const pool = new Pool();
const SORTABLE = new Set(['name', 'price', 'created_at']);
export const router = Router();

router.get('/products', async (req: Request, res: Response) => {
  const sort = String(req.query.sort ?? 'name');
  if (!SORTABLE.has(sort)) {
    res.status(400).json({ error: 'unknown column' });
    return;
  }
  const result = await pool.query(`SELECT id, name FROM products ORDER BY ${sort} LIMIT 50`);
  res.json(result.rows);
});
