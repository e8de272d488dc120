import { writeFileSync } from 'node:fs';

export function saveKey(path: string, key: string): void {
  writeFileSync(path, key, { mode: 0o666 }); // expect: CWE-732
}
