const WEAK = ['md5', 'sha1', 'des-ede3-cbc'];

function isWeak(algorithm) {
  return WEAK.includes(algorithm.toLowerCase());
}

class Registry {
  createHash(name) {
    return { name, weak: isWeak(name) };
  }
}

module.exports = { isWeak, entry: new Registry().createHash('md5') };
