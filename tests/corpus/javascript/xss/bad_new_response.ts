export async function GET(request: Request): Promise<Response> {
  const who = new URL(request.url).searchParams.get('who') ?? 'you';
  return new Response(`<h1>Hello ${who}</h1>`, { headers: { 'Content-Type': 'text/html' } }); // expect: CWE-79
}
