import type { FastifyInstance } from 'fastify';
import { orders } from './orders';

export default async function shop(app: FastifyInstance) {
  app.post('/orders', { preHandler: app.csrfProtection }, async (request) => orders.add(request.session.user));
  app.put('/orders/pay', { preHandler: app.csrfProtection }, async (request) => orders.pay(request.session.user));
  app.delete('/orders', async (request) => orders.clear(request.session.user)); // expect: CWE-352
}
