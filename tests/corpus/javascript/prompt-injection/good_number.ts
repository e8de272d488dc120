import { generateText } from 'ai';
import { openai } from '@ai-sdk/openai';

export async function POST(request: Request) {
  const body = await request.json();
  const sentences = Number(body.sentences) || 3;
  const result = await generateText({
    model: openai('gpt-4o'),
    system: `Summarise in ${sentences} sentences.`,
    prompt: body.text,
  });
  return Response.json({ text: result.text });
}
