import fs from 'node:fs';
import { createHash } from 'crypto';
import path from 'path';
import { setTimeout as sleep } from 'timers/promises';

export async function digest(file) {
  await sleep(1);
  return createHash('sha256').update(fs.readFileSync(path.resolve(file))).digest('hex');
}
