import type { CookieOptions, Response } from 'express';

const OPTIONS: CookieOptions = { httpOnly: true, secure: true, sameSite: 'lax', path: '/' };

export function remember(res: Response, token: string): void {
  res.cookie('auth_token', token, { ...OPTIONS, maxAge: 3600000 });
}
