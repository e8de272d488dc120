const ldap = require('ldapjs');

function directory(req, res) {
  const client = ldap.createClient({ url: 'ldaps://ldap.example.com' });
  const filter = new ldap.EqualityFilter({ attribute: 'cn', value: String(req.query.name) });
  client.search('ou=people,dc=example,dc=com', { scope: 'sub', filter }, (error, results) => {
    results.on('end', () => res.json({ ok: !error }));
  });
}

module.exports = { directory };
