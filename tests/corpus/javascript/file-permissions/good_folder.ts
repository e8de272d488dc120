import { mkdir } from 'node:fs/promises';

export async function prepare(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o750 });
}
