import { getServerSession as otherGetServerSession } from 'next-auth';
import { options as otherOptions } from '@/lib/auth';
import { prisma as otherPrisma } from '@/lib/prisma';

export async function PUT(request: Request) {
  const session = await otherGetServerSession(otherOptions);
  if (!session) return new Response(null, { status: 401 });
  const { title } = await request.json();
  return Response.json(await otherPrisma.board.update({ where: { owner: session.user.email }, data: { title: String(title) } }));
}

export async function DELETE(request: Request) { // expect: CWE-862
  const { id } = await request.json();
  await otherPrisma.board.delete({ where: { id: Number(id) } });
  return new Response(null, { status: 204 });
}
