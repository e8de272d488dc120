const tar = require('tar');
const extract = require('extract-zip');

async function unpack(file, folder) {
  if (file.endsWith('.zip')) {
    await extract(file, { dir: folder });
  } else {
    await tar.x({ file, cwd: folder, strict: true });
  }
}

module.exports = { unpack };
