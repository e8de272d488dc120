import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { randomUUID } from 'node:crypto';
import { NextResponse } from 'next/server';

const ALLOWED = ['.pdf', '.txt'];

export async function POST(request: Request) {
  const file = (await request.formData()).get('file') as File;
  const extension = extname(file.name).toLowerCase();
  if (!ALLOWED.includes(extension)) {
    return NextResponse.json({ error: 'type not allowed' }, { status: 415 });
  }
  const name = randomUUID() + extension;
  await writeFile('/srv/documents/' + name, Buffer.from(await file.arrayBuffer()));
  return NextResponse.json({ name });
}
