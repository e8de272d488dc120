const { Pool } = require('pg');

const pool = new Pool();

async function page(req, res) {
  const number = Number.parseInt(req.query.page, 10) || 1;
  const ids = [].concat(req.query.id || []);
  const places = ids.map((_, index) => `$${index + 1}`).join(', ');
  const rows = await pool.query(`SELECT * FROM items WHERE id IN (${places}) LIMIT 20 OFFSET ${(number - 1) * 20}`, ids);
  res.json(rows.rows);
}

module.exports = { page };
