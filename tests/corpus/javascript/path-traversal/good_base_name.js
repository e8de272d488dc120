const fs = require('fs');
const path = require('path');

function note(req, res) {
  const name = path.basename(String(req.query.name));
  res.type('text/plain').send(fs.readFileSync(path.join('/srv/notes', name), 'utf8'));
}

module.exports = { note };
