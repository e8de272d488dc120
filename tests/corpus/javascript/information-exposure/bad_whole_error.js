const { pool } = require('./database');

async function list(ctx) {
  try {
    ctx.body = (await pool.query('SELECT id, name FROM items')).rows;
  } catch (error) {
    ctx.status = 500;
    ctx.body = { error: error.toString(), detail: error.stack }; // expect: CWE-209
  }
}

module.exports = { list };
