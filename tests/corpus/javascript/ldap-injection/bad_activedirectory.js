const ActiveDirectory = require('activedirectory2');

const directory = new ActiveDirectory({ url: 'ldaps://ad.example.com', baseDN: 'dc=example,dc=com' });

function find(ctx) {
  const query = `(&(objectClass=user)(sAMAccountName=${ctx.query.user}))`;
  return new Promise((resolve, reject) => {
    directory.findUsers({ filter: query }, (error, users) => (error ? reject(error) : resolve(users))); // expect: CWE-90
  });
}

module.exports = { find };
