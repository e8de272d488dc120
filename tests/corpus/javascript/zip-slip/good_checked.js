const AdmZip = require('adm-zip');
const fs = require('fs');
const path = require('path');

function install(archive, folder) {
  const root = path.resolve(folder);
  for (const entry of new AdmZip(archive).getEntries()) {
    const target = path.resolve(root, entry.entryName);
    if (!target.startsWith(root + path.sep)) {
      throw new Error('entry leaves the folder: ' + entry.entryName);
    }
    fs.writeFileSync(target, entry.getData());
  }
}

module.exports = { install };
