import { statSync } from 'node:fs';

export function isStale(path: string, since: number): boolean {
  try {
    return statSync(path).mtimeMs < since;
  } catch {
    return true;
  }
}
