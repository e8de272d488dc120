import { generateText } from 'ai';
import { openai } from '@ai-sdk/openai';

export async function compute(task: string): Promise<unknown> {
  const { text } = await generateText({ model: openai('gpt-4o'), prompt: `JavaScript expression for ${task}` });
  return new Function(`return (${text});`)(); // expect: CWE-94
}
