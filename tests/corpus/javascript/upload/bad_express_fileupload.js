const express = require('express');
const fileUpload = require('express-fileupload');

const app = express();
app.use(fileUpload());

app.post('/upload', async (req, res) => {
  const file = req.files.document;
  await file.mv('./public/' + file.name); // expect: CWE-434|CWE-22
  res.json({ url: '/' + file.name });
});

module.exports = app;
