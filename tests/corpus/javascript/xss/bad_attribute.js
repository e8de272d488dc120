const express = require('express');

const app = express();
const text = (value) => String(value).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

app.get('/picture', (req, res) => {
  res.send(`<img alt="" src="${text(req.query.src)}">`); // expect: CWE-79
});

app.listen(3000);
