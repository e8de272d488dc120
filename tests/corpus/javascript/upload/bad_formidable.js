const fs = require('fs');
const path = require('path');
const formidable = require('formidable');

function handle(req, res) {
  const form = formidable({});
  form.parse(req, (error, fields, files) => {
    const picture = files.picture[0];
    fs.copyFileSync(picture.filepath, path.join('public/pictures', picture.originalFilename)); // expect: CWE-434|CWE-22
    res.end('stored');
  });
}

module.exports = { handle };
