const fs = require('fs');
const path = require('path');
const tar = require('tar-stream');

function unpack(source, folder) {
  const extract = tar.extract();
  extract.on('entry', (header, stream, next) => {
    const out = fs.createWriteStream(path.join(folder, header.name)); // expect: CWE-22
    stream.pipe(out);
    stream.on('end', next);
  });
  source.pipe(extract);
}

module.exports = { unpack };
