import { createCipheriv } from 'node:crypto';

export function seal(key: Buffer, text: string): string {
  const cipher = createCipheriv('aes-256-ecb', key, null); // expect: CWE-327
  return cipher.update(text, 'utf8', 'base64') + cipher.final('base64');
}
