import { execSync } from 'node:child_process';
import * as path from 'node:path';

export function cloneRepository(url: string, folder: string): string {
  const target = path.join('/var/repos', folder);
  const command = 'git clone --depth 1 ' + url + ' ' + target;
  execSync(command, { stdio: 'inherit' }); // expect: CWE-78 @ command
  return target;
}
