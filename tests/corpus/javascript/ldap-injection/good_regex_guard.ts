import ldap from 'ldapjs';
import type { Request, Response } from 'express';

const client = ldap.createClient({ url: 'ldaps://ldap.example.com' });

export function user(req: Request, res: Response) {
  const uid = String(req.query.uid);
  if (!/^[a-z0-9]{1,32}$/.test(uid)) {
    res.status(400).end();
    return;
  }
  client.search('dc=example,dc=com', { scope: 'sub', filter: `(uid=${uid})` }, (error) => {
    res.json({ ok: !error });
  });
}
