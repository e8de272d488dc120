import type { Response } from 'express';

export function remember(res: Response, token: string): void {
  res.cookie('auth_token', token, {
    httpOnly: false, // expect: CWE-614|CWE-1004
    secure: false,
    maxAge: 86400000,
  });
}
