const FIELDS = ['width', 'height'];

function getters() {
  const result = {};
  for (const field of FIELDS) {
    result[field] = new Function('box', 'return box.' + field + ';');
  }
  return result;
}

module.exports = getters();
