import { Pool } from 'pg';

export const pool = new Pool({
  host: 'db.internal.example.com',
  user: 'orders',
  password: 'S7r0ng!Pa55word', // expect: CWE-798
  database: 'orders',
  max: 10,
});
