import { Pool } from 'pg';
import { Router, Request, Response } from 'express';

const pool = new Pool();
export const router = Router();

router.get('/products', async (req: Request, res: Response) => {
  const term = req.query.term as string;
  const sort = (req.query.sort as string) ?? 'name';
  const sql = 'SELECT id, name FROM products WHERE name ILIKE $1 ORDER BY ' + sort;
  const result = await pool.query(sql, [`%${term}%`]); // expect: CWE-89 @ sql
  res.json(result.rows);
});
