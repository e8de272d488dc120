const express = require('express');
const mysql = require('mysql2');

const app = express();
app.use(express.json());
const db = mysql.createConnection({ host: 'localhost', user: 'app', database: 'shop' });

app.post('/login', (req, res) => {
  const { username, password } = req.body;
  const query = 'SELECT id FROM users WHERE username = ? AND password_hash = SHA2(?, 256)';
  db.query(query, [username, password], (err, rows) => {
    if (err) return res.status(500).json({ error: 'database error' });
    res.json({ found: rows.length });
  });
});

module.exports = app;
