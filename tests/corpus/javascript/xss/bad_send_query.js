const express = require('express');

const app = express();

app.get('/search', (req, res) => {
  const q = req.query.q; // source
  const hits = ['home', 'shop'].filter((page) => page.includes(q));
  res.send(`<h2>Results for ${q}</h2><ul>${hits.map((hit) => `<li>${hit}</li>`).join('')}</ul>`); // expect: CWE-79
});

app.listen(3000);
