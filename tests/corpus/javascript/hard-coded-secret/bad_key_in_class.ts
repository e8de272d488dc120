import { createHmac } from 'node:crypto';

class Seals {
  static readonly download = Buffer.from('ZG93bmxvYWQtc2VhbC05MQ==', 'base64');
}

export const seal = (path: string) => createHmac('sha256', Seals.download).update(path).digest('hex'); // expect: CWE-798
