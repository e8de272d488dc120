const ldap = require('ldapjs');
const ldapEscape = require('ldap-escape');

const client = ldap.createClient({ url: 'ldaps://ldap.example.com' });

function find(req, res) {
  const filter = ldapEscape.filter`(uid=${req.query.uid})`;
  client.search('dc=example,dc=com', { filter, scope: 'sub' }, (error) => res.json({ ok: !error }));
}

module.exports = { find };
