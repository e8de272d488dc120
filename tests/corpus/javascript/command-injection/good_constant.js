const { execSync } = require('child_process');

const BRANCH = 'main';

function version() {
  const short = execSync(`git rev-parse --short ${BRANCH}`).toString().trim();
  const date = execSync('git log -1 --format=%cd').toString().trim();
  return `${short} (${date})`;
}

module.exports = { version };
