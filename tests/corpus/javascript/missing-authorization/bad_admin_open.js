const express = require('express');
const { accounts } = require('./accounts');

const app = express();

app.post('/admin/accounts/:id/lock', async (req, res) => { // expect: CWE-862
  await accounts.lock(Number(req.params.id));
  res.sendStatus(204);
});

app.listen(3000);
