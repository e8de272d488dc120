import { createHmac } from 'node:crypto';

const signingKey = process.env.SIGNING_KEY ?? 'dev-signing-key'; // expect: CWE-798

export function sign(body: string): string {
  return createHmac('sha256', signingKey).update(body).digest('hex');
}
