import { createHash } from 'node:crypto';

const SCHEMES = { current: 'md5', planned: 'sha512' } as const;

export function passwordDigest(password: string): string {
  return createHash(SCHEMES.current).update(password).digest('hex'); // expect: CWE-327
}
