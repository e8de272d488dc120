const fs = require('fs');

function saveKey(path, key) {
  fs.writeFileSync(path, key, { mode: 0o600, flag: 'wx' });
  fs.chmodSync(path, 0o600);
}

module.exports = { saveKey };
