import { pool } from "./pool.js";

const TABLE = "accounts";

export async function findByName(name) {
  // ruleid: string-built-sql-javascript
  return pool.query(`SELECT id, mail FROM users WHERE name = '${name}'`);
}

export async function remove(db, id) {
  const statement = "DELETE FROM sessions WHERE id = " + id;
  // ruleid: string-built-sql-javascript
  await db.execute(statement);
}

export async function search(db, filter, owner) {
  let text = "SELECT * FROM notes";
  if (owner) {
    text += " WHERE owner = '" + owner + "'";
  }
  // ruleid: string-built-sql-javascript
  return db.all(text);
}

export async function unsafePrisma(prisma, city) {
  // ruleid: string-built-sql-javascript
  return prisma.$queryRawUnsafe(`select * from shops where city = '${city}' and größe > 3`);
}

export async function parameters(name) {
  // ok: string-built-sql-javascript
  return pool.query("SELECT id, mail FROM users WHERE name = $1", [name]);
}

export async function constantTable(name) {
  // ok: string-built-sql-javascript
  return pool.query(`SELECT id FROM ${TABLE} WHERE name = $1`, [name]);
}

export async function placeholders(db, ids) {
  const placeholders = ids.map(() => "?").join(", ");
  // ok: string-built-sql-javascript
  return db.execute(`SELECT * FROM users WHERE id IN (${placeholders})`, ids);
}

export async function tagged(prisma, city) {
  // ok: string-built-sql-javascript
  return prisma.$queryRaw`SELECT * FROM shops WHERE city = ${city}`;
}

export async function number(db, page) {
  // ok: string-built-sql-javascript
  return db.query(`SELECT * FROM users LIMIT 20 OFFSET ${Number(page) * 20}`);
}

export function notSql(client, id) {
  // ok: string-built-sql-javascript
  return client.get(`/users/${id}`);
}
