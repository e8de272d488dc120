import { Pool } from 'pg';

export const pool = new Pool({ connectionString: process.env.DATABASE_URL, ssl: true });
export const strict = process.env.NODE_TLS_REJECT_UNAUTHORIZED !== '0';
