const multer = require('multer');
const path = require('path');

const pictures = multer.diskStorage({
  destination: 'public/pictures',
  filename(req, file, done) {
    done(null, `${req.user.id}-${Date.now()}${path.extname(file.originalname)}`); // expect: CWE-434
  },
});

module.exports = multer({ storage: pictures });
