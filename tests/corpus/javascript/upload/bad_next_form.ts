import { writeFile } from 'node:fs/promises';
import { NextResponse } from 'next/server';

export async function POST(request: Request) {
  const form = await request.formData();
  const file = form.get('file') as File;
  const bytes = Buffer.from(await file.arrayBuffer());
  await writeFile(`public/uploads/${file.name}`, bytes); // expect: CWE-434|CWE-22
  return NextResponse.json({ url: `/uploads/${file.name}` });
}
