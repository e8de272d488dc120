const ldap = require('ldapjs');

function directory(req, res) {
  const client = ldap.createClient({ url: 'ldaps://ldap.example.com' });
  const options = { scope: 'sub', filter: `(&(objectClass=person)(cn=${req.query.name}))` };
  client.search('ou=people,dc=example,dc=com', options, (error, results) => { // expect: CWE-90
    const found = [];
    results.on('searchEntry', (entry) => found.push(entry.pojo));
    results.on('end', () => res.json(found));
  });
}

module.exports = { directory };
