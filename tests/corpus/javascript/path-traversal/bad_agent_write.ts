import { writeFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const WORKSPACE = process.env.WORKSPACE ?? '/workspace';

export async function writeFileTool(args: { path: string; content: string }): Promise<string> {
  const target = join(WORKSPACE, args.path);
  await mkdir(dirname(target), { recursive: true }); // expect: CWE-22
  await writeFile(target, args.content, 'utf8'); // expect: CWE-22
  return `wrote ${args.content.length} characters`;
}
