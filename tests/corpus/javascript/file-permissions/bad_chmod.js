const fs = require('fs');

function prepare(folder) {
  fs.mkdirSync(folder, { recursive: true });
  fs.chmodSync(folder, 0o777); // expect: CWE-732
}

module.exports = { prepare };
