const { chmod } = require('fs').promises;

async function share(path) {
  await chmod(path, '777'); // expect: CWE-732
}

module.exports = { share };
