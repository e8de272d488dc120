import { generateText } from 'ai';
import { openai } from '@ai-sdk/openai';

export async function POST(request: Request) {
  const { style, text } = await request.json();
  const result = await generateText({
    model: openai('gpt-4o'),
    system: `Write in this style: ${style}`, // expect: CWE-1427
    prompt: text,
  });
  return Response.json({ text: result.text });
}
