const express = require('express');
const { exec } = require('child_process');

const app = express();

app.get('/ping', (req, res) => {
  const host = req.query.host; // source
  exec(`ping -c 3 ${host}`, (error, stdout) => { // expect: CWE-78
    if (error) return res.status(500).send('failed');
    res.json({ output: stdout });
  });
});

app.listen(3000);
