const express = require('express');
const mysql = require('mysql2');

const app = express();
app.use(express.json());
const db = mysql.createConnection({ host: 'localhost', user: 'app', database: 'shop' });

app.post('/login', (req, res) => {
  const { username, password } = req.body; // source
  const query = `SELECT id FROM users WHERE username = '${username}' AND password = '${password}'`;
  db.query(query, (err, rows) => { // expect: CWE-89 @ query
    if (err) return res.status(500).json({ error: 'database error' });
    if (rows.length === 0) return res.status(401).json({ error: 'invalid credentials' });
    res.json({ id: rows[0].id });
  });
});

module.exports = app;
