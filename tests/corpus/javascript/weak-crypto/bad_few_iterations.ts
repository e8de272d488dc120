import { pbkdf2Sync } from 'crypto';

export function derive(password: string, salt: Buffer): Buffer {
  return pbkdf2Sync(password, salt, 100, 32, 'sha1'); // expect: CWE-916|CWE-327
}
