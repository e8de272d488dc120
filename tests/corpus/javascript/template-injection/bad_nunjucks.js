const nunjucks = require('nunjucks');
const express = require('express');

const router = express.Router();
nunjucks.configure({ autoescape: true });

router.get('/banner', (req, res) => {
  const banner = nunjucks.renderString('Hello ' + req.query.name, {}); // expect: CWE-94|CWE-1336
  res.json({ banner });
});

module.exports = router;
