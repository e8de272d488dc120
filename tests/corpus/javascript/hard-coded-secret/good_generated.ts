import { randomBytes } from 'node:crypto';

const host = process.env.HOST ?? 'localhost';
const sessionSecret = process.env.SESSION_SECRET ?? randomBytes(32).toString('hex');

export const config = {
  host,
  sessionSecret,
  passwordResetPath: '/account/password/reset',
  tokenHeader: 'x-access-token',
};
