import ldap from 'ldapjs';

export function login(username: string, password: string): Promise<boolean> {
  const client = ldap.createClient({ url: 'ldaps://ldap.example.com' });
  const dn = 'uid=' + username + ',ou=people,dc=example,dc=com';
  return new Promise((resolve) => {
    client.bind(dn, password, (error) => resolve(!error)); // expect: CWE-90
  });
}
