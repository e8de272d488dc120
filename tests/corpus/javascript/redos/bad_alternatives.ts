export function isIdentifier(text: string): boolean {
  return /^(\w|\d|_)+$/.test(text); // expect: CWE-1333
}
