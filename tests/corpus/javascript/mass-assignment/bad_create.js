const express = require('express');
const Account = require('./models/account');

const router = express.Router();

router.post('/accounts', async (req, res) => {
  const account = await Account.create(req.body); // expect: CWE-915
  res.status(201).json(account);
});

module.exports = router;
