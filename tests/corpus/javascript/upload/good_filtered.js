const multer = require('multer');
const path = require('path');

const pictures = multer.diskStorage({
  destination: 'public/pictures',
  filename(req, file, done) {
    done(null, `${req.user.id}-${Date.now()}${path.extname(file.originalname)}`);
  },
});

module.exports = multer({
  storage: pictures,
  limits: { fileSize: 1_000_000 },
  fileFilter: (req, file, done) => done(null, file.mimetype === 'image/png'),
});
