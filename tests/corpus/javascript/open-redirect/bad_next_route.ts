import { NextRequest, NextResponse } from 'next/server';

export function GET(request: NextRequest) {
  const url = request.nextUrl.searchParams.get('url') ?? '/';
  return NextResponse.redirect(url); // expect: CWE-601 @ url
}
