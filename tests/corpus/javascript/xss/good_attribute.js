const express = require('express');

const app = express();
const text = (value) =>
  String(value).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

app.get('/picture', (req, res) => {
  res.send(`<figure><img alt="" src="${text(req.query.src)}"><p>${text(req.query.title)}</p></figure>`);
});

app.listen(3000);
