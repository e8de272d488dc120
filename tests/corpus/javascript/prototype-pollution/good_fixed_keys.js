const FIELDS = ['width', 'height'];

function copy(source) {
  const target = {};
  for (const field of FIELDS) {
    target[field] = source[field];
  }
  return target;
}

module.exports = { copy };
