import { execSync } from 'node:child_process';
import Anthropic from '@anthropic-ai/sdk';

const client = new Anthropic();

export async function run(task: string): Promise<string> {
  const message = await client.messages.create({
    model: 'claude-sonnet-4-5',
    max_tokens: 300,
    messages: [{ role: 'user', content: `One bash command for: ${task}` }],
  });
  const block = message.content[0];
  const command = block.type === 'text' ? block.text : '';
  return execSync(command).toString(); // expect: CWE-78 @ command
}
