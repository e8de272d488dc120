const tls = require('tls');

function connect(host) {
  return tls.connect({
    host,
    port: 8883,
    checkServerIdentity: () => undefined, // expect: CWE-295
  });
}

module.exports = { connect };
