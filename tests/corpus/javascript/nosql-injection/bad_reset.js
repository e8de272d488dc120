const { users } = require('./database');

async function resetPassword(ctx) {
  const { token } = ctx.request.body;
  const query = { resetToken: token };
  const result = await users.updateOne(query, { $unset: { resetToken: '' } }); // expect: CWE-943
  ctx.body = { changed: result.modifiedCount };
}

module.exports = { resetPassword };
