const fs = require('fs');

process.umask(0); // expect: CWE-732

function log(text) {
  fs.appendFileSync('app.log', text + '\n');
}

module.exports = { log };
