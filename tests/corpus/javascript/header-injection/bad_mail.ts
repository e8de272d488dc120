import { Socket } from 'node:net';
import type { Request, Response } from 'express';

export function contact(socket: Socket, req: Request, res: Response) {
  const head = `From: ${req.body.email}\r\nSubject: ${req.body.subject}\r\n\r\n`;
  socket.write(head + 'Hello'); // expect: CWE-93|CWE-113
  res.status(202).end();
}
