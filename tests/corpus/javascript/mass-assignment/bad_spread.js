const { users } = require('./database');

async function register(ctx) {
  const document = { role: 'user', createdAt: new Date(), ...ctx.request.body };
  await users.insertOne(document); // expect: CWE-915
  ctx.status = 201;
}

module.exports = { register };
