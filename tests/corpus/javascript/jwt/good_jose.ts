import { createRemoteJWKSet, jwtVerify } from 'jose';

const keys = createRemoteJWKSet(new URL('https://issuer.example.com/.well-known/jwks.json'));

export async function subjectOf(token: string): Promise<string | undefined> {
  const { payload } = await jwtVerify(token, keys, { issuer: 'https://issuer.example.com', audience: 'orders' });
  return payload.sub;
}
