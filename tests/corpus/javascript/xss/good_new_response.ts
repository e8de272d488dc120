export async function GET(request: Request): Promise<Response> {
  const who = new URL(request.url).searchParams.get('who') ?? 'you';
  if (who === 'json') return Response.json({ hello: `<b>${who}</b>` });
  return new Response(`Hello <${who}>`, { headers: { 'Content-Type': 'text/plain' } });
}
