import { NextRequest, NextResponse } from 'next/server';

export async function GET(request: NextRequest) {
  const target = request.nextUrl.searchParams.get('target');
  if (!target) {
    return NextResponse.json({ error: 'target missing' }, { status: 400 });
  }
  const upstream = await fetch(target); // expect: CWE-918 @ target
  return new NextResponse(upstream.body, { headers: { 'content-type': 'application/octet-stream' } });
}
