import { promisify } from 'util';
import { exec } from 'child_process';

const run = promisify(exec);

export const shellTool = {
  name: 'run_command',
  description: 'Run a shell command and return its output',
  parameters: { type: 'object', properties: { command: { type: 'string' } } },
  async execute({ command }: { command: string }) {
    const { stdout, stderr } = await run(command, { timeout: 30000 }); // expect: CWE-78
    return { stdout, stderr };
  },
};
