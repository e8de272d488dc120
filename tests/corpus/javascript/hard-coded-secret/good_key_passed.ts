import { createHmac } from 'node:crypto';

export class Seals {
  constructor(private readonly key: Buffer) {}

  seal(path: string): string {
    return createHmac('sha256', this.key).update(path).digest('hex');
  }
}

export const seals = new Seals(Buffer.from(process.env.SEAL_KEY as string, 'base64'));
