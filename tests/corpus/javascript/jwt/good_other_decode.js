const { TextDecoder } = require('util');
const iconv = require('iconv-lite');

function text(bytes, encoding) {
  if (encoding === 'utf8') {
    return new TextDecoder('utf-8').decode(bytes);
  }
  return iconv.decode(bytes, encoding);
}

module.exports = { text };
