const tls = require('tls');

function connect(host) {
  return tls.connect({
    host,
    port: 8883,
    minVersion: 'TLSv1.2',
    checkServerIdentity: (name, certificate) => tls.checkServerIdentity(name, certificate),
  });
}

module.exports = { connect };
