import { createHash, createHmac } from 'node:crypto';

export const digest = (data: Buffer) => createHash('sha256').update(data).digest('hex');
export const sign = (key: Buffer, data: string) => createHmac('sha512', key).update(data).digest('hex');
