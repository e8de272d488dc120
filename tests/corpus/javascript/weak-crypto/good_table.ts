import { createHash } from 'node:crypto';

const SCHEMES = { retired: 'md5', current: 'sha512' } as const;

export function digest(text: string): string {
  return createHash(SCHEMES.current).update(text).digest('hex');
}
