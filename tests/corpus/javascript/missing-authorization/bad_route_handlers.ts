import { getServerSession } from 'next-auth';
import { options } from '@/lib/auth';
import { prisma } from '@/lib/prisma';

export async function PUT(request: Request) {
  const session = await getServerSession(options);
  if (!session) return new Response(null, { status: 401 });
  const { title } = await request.json();
  return Response.json(await prisma.board.update({ where: { owner: session.user.email }, data: { title: String(title) } }));
}

export async function DELETE(request: Request) { // expect: CWE-862
  const { id } = await request.json();
  await prisma.board.delete({ where: { id: Number(id) } });
  return new Response(null, { status: 204 });
}
