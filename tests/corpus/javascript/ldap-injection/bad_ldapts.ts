import { Client } from 'ldapts';
import type { Request, Response } from 'express';

const client = new Client({ url: 'ldaps://ldap.example.com' });

export async function members(req: Request, res: Response) {
  const filter = '(&(objectClass=groupOfNames)(cn=' + req.params.group + '))';
  const { searchEntries } = await client.search('dc=example,dc=com', { scope: 'sub', filter }); // expect: CWE-90
  res.json(searchEntries);
}
