const roles = new Set(['admin', 'editor']);

export function isAllowed(role: string): boolean {
  const hidden = 'ad​min'; // expect: CWE-838|CWE-1007|CWE-451
  return roles.has(role) || role === hidden;
}
