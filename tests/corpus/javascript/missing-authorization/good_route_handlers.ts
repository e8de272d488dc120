import { auth } from '@/auth';
import { db } from '@/db';

async function mustBeMember() {
  const session = await auth();
  if (!session) throw new Error('not a member');
  return session.user;
}

export async function GET() {
  return Response.json(await db.topic.findMany());
}

export async function POST(request: Request) {
  const user = await mustBeMember();
  const { title } = await request.json();
  return Response.json(await db.topic.create({ data: { title: String(title), author: user.id } }));
}

export async function DELETE(request: Request) {
  const user = await mustBeMember();
  const { id } = await request.json();
  await db.topic.delete({ where: { id: Number(id), author: user.id } });
  return new Response(null, { status: 204 });
}
