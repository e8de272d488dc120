const { randomUUID } = require('crypto');
const path = require('path');
const multer = require('multer');

const ALLOWED = new Set(['.png', '.jpg', '.webp']);
const storage = multer.diskStorage({
  destination: '/srv/uploads',
  filename: (req, file, done) => done(null, randomUUID() + '.bin'),
});
const upload = multer({
  storage,
  limits: { fileSize: 2000000 },
  fileFilter: (req, file, done) => done(null, ALLOWED.has(path.extname(file.originalname).toLowerCase())),
});

module.exports = { upload };
