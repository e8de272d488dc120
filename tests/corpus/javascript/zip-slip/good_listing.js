const AdmZip = require('adm-zip');

function listing(req, res) {
  const zip = new AdmZip(req.file.buffer);
  const entries = zip.getEntries().map((entry) => ({ name: entry.entryName, size: entry.header.size }));
  res.json(entries);
}

module.exports = { listing };
