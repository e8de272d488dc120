const express = require('express');

const router = express.Router();

router.post('/step', (req, res) => {
  const { name, value } = req.body;
  req.session[name] = value; // expect: CWE-501
  res.status(204).end();
});

module.exports = router;
