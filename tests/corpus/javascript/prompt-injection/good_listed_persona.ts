import Anthropic from '@anthropic-ai/sdk';
import type { Request, Response } from 'express';

const client = new Anthropic();
const PERSONAS = new Map([
  ['formal', 'You are formal.'],
  ['casual', 'You are casual.'],
]);

export async function chat(req: Request, res: Response) {
  const system = PERSONAS.get(req.body.persona);
  if (system === undefined) {
    res.status(400).end();
    return;
  }
  res.json(
    await client.messages.create({
      model: 'claude-sonnet-4-5',
      max_tokens: 300,
      system,
      messages: [{ role: 'user', content: req.body.message }],
    })
  );
}
