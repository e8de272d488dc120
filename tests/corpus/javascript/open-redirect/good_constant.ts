import { redirect } from 'next/navigation';

const TARGETS = { admin: '/admin', user: '/dashboard' } as const;

export function afterLogin(role: string): never {
  redirect(role === 'admin' ? TARGETS.admin : TARGETS.user);
}
