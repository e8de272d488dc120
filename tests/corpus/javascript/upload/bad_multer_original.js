const express = require('express');
const multer = require('multer');

const storage = multer.diskStorage({
  destination: 'public/uploads',
  filename: (req, file, done) => done(null, file.originalname), // expect: CWE-434|CWE-22
});
const upload = multer({ storage });

const app = express();
app.post('/upload', upload.single('file'), (req, res) => res.json({ name: req.file.filename }));

module.exports = app;
