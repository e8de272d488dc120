function setPath(object, path, value) {
  const keys = path.split('.');
  let current = object;
  for (const key of keys.slice(0, -1)) {
    current[key] = current[key] || {};
    current = current[key];
  }
  current[keys[keys.length - 1]] = value; // expect: CWE-1321
}

module.exports = { setPath };
