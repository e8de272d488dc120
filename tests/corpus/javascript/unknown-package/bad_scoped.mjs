import { readFile } from 'node:fs/promises';
import { sanitizeTree } from 'unified-markdown-sanitizer-toolkit'; // expect: CWE-829|CWE-1357|CWE-1104|CWE-494

export async function load(path) {
  return sanitizeTree(await readFile(path, 'utf8'));
}
