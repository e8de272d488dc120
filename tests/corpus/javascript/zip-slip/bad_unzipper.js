const fs = require('fs');
const unzipper = require('unzipper');

function extract(stream, folder) {
  return stream.pipe(unzipper.Parse()).on('entry', (entry) => {
    const fileName = entry.path;
    entry.pipe(fs.createWriteStream(folder + '/' + fileName)); // expect: CWE-22
  });
}

module.exports = { extract };
