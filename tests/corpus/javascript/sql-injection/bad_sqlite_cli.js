const sqlite3 = require('sqlite3');

function remove(db, table, id) {
  const parts = ['DELETE FROM', table, 'WHERE id =', id];
  db.run(parts.join(' ')); // expect: CWE-89
}

const db = new sqlite3.Database('app.db');
remove(db, process.argv[2], process.argv[3]);
