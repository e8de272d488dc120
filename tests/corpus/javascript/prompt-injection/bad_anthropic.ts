import Anthropic from '@anthropic-ai/sdk';
import type { Request, Response } from 'express';

const client = new Anthropic();

export async function summarise(req: Request, res: Response) {
  const message = await client.messages.create({
    model: 'claude-sonnet-4-5',
    max_tokens: 500,
    system: 'You summarise contracts. Wishes: ' + req.body.instructions, // expect: CWE-1427
    messages: [{ role: 'user', content: req.body.document }],
  });
  res.json(message.content);
}
