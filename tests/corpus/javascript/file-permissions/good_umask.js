process.umask(0o077);

const MASK = 0o777;

function bits(mode) {
  return (mode & MASK).toString(8);
}

module.exports = { bits };
