const AdmZip = require('adm-zip');
const fs = require('fs');
const path = require('path');

function install(archive, folder) {
  const zip = new AdmZip(archive);
  for (const entry of zip.getEntries()) {
    const target = path.join(folder, entry.entryName);
    if (!entry.isDirectory) {
      fs.writeFileSync(target, entry.getData()); // expect: CWE-22
    }
  }
}

module.exports = { install };
